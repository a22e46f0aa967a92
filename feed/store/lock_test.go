package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

func TestLock(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		ctx := context.Background()
		first, err := store.Lock(ctx, database, "serve", false)
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Lock(ctx, database, "refresh", false)
		if !errors.Is(err, feed.ErrConflict) || !strings.Contains(err.Error(), fmt.Sprintf("warta serve (pid %d", os.Getpid())) {
			t.Errorf("a taken lock gave %v", err)
		}
		short, cancel := context.WithTimeout(ctx, 150*time.Millisecond)
		defer cancel()
		if _, err = store.Lock(short, database, "refresh", true); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting ended with %v", err)
		}
		done := make(chan error, 1)
		go func() {
			second, err := store.Lock(ctx, database, "refresh", true)
			if err == nil {
				second.Unlock()
			}
			done <- err
		}()
		first.Unlock()
		if err := <-done; err != nil {
			t.Errorf("waiting for the lock gave %v", err)
		}
	})
}

// A crash can't leave the lock behind.
func TestLockOfAKilledProcess(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		child := childProcess(t, "lock", database)
		child.waitFor("locked")
		if _, err := store.Lock(context.Background(), database, "refresh", false); !errors.Is(err, feed.ErrConflict) {
			t.Errorf("the lock of a living process gave %v", err)
		}
		child.kill()
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		l, err := store.Lock(ctx, database, "refresh", true)
		if err != nil {
			t.Fatal(err)
		}
		l.Unlock()
	})
}

func TestLockWhereThereIsNoDirectory(t *testing.T) {
	_, err := store.Lock(context.Background(), t.TempDir()+"/no/warta.db", "refresh", false)
	if !errors.Is(err, feed.ErrUnavailable) || !strings.Contains(err.Error(), "create it first") {
		t.Errorf("got %v", err)
	}
}

// process is this test program again, in another role; see TestMain.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	out *bufio.Scanner
}

func childProcess(t *testing.T, role, database string) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "WARTA_TEST_ROLE="+role, "WARTA_TEST_DATABASE="+database)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: cmd, out: bufio.NewScanner(out)}
	t.Cleanup(p.kill)
	return p
}

// waitFor reads the child's output up to a line.
func (p *process) waitFor(line string) {
	p.t.Helper()
	for p.out.Scan() {
		if p.out.Text() == line {
			return
		}
	}
	p.t.Fatalf("the child ended without saying %q", line)
}

// kill ends the child as a power cut would: it can't do anything about it.
func (p *process) kill() {
	if p.cmd.ProcessState == nil {
		p.cmd.Process.Kill() //nolint:errcheck // it may have ended
		p.cmd.Wait()         //nolint:errcheck // it was killed
	}
}
