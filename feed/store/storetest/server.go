package storetest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Main runs a package's tests and then stops the PostgreSQL server that they
// may have started. Call it from TestMain: os.Exit(storetest.Main(m)).
func Main(m *testing.M) int {
	defer shared.stop()
	return m.Run()
}

// shared is the one server of a test process.
var shared server

// server is a throwaway PostgreSQL: a directory under the temporary one and a
// free port of loopback.
type server struct {
	once sync.Once
	url  string
	why  string // why there is none
	dir  string
	bin  string
}

// address is where the server listens, or why there is none.
func (s *server) address() (url, why string) {
	s.once.Do(func() {
		if s.url = os.Getenv("WARTA_TEST_POSTGRES"); s.url != "" {
			return
		}
		if err := s.start(); err != nil {
			s.url, s.why = "", fmt.Sprintf("no PostgreSQL to test with (set WARTA_TEST_POSTGRES to a postgres:// address): %v", err)
		}
	})
	return s.url, s.why
}

func (s *server) start() error {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return fmt.Errorf("neither a server nor its programs were found")
	}
	slices.Sort(found)
	s.bin = filepath.Dir(found[len(found)-1])
	if s.dir, err = os.MkdirTemp("", "warta-postgres-"); err != nil {
		return err
	}
	if os.Getuid() == 0 {
		// The server refuses to run as root.
		u, err := user.Lookup("postgres")
		if err != nil {
			return err
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(s.dir, uid, gid); err != nil {
			return err
		}
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	if err := s.run("initdb", "-D", data, "-U", "warta", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"); err != nil {
		return err
	}
	options := fmt.Sprintf("-h 127.0.0.1 -p %d -k %s -c fsync=off -c max_connections=200", port, s.dir)
	if err := s.run("pg_ctl", "-D", data, "-l", filepath.Join(s.dir, "log"), "-o", options, "-w", "-t", "30", "start"); err != nil {
		return err
	}
	s.url = fmt.Sprintf("postgres://warta@127.0.0.1:%d/postgres", port)
	return nil
}

func (s *server) stop() {
	if s.dir == "" {
		return
	}
	if s.url != "" {
		s.run("pg_ctl", "-D", filepath.Join(s.dir, "data"), "-m", "immediate", "-w", "stop") //nolint:errcheck // the directory goes anyway
	}
	os.RemoveAll(s.dir) //nolint:errcheck // a temporary directory
}

// run runs one of PostgreSQL's programs, as its own user if we are root.
func (s *server) run(program string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	argv := append([]string{filepath.Join(s.bin, program)}, args...)
	if os.Getuid() == 0 {
		argv = append([]string{"runuser", "-u", "postgres", "--"}, argv...)
	}
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir = s.dir
	// A pipe would be kept open by the server that pg_ctl leaves behind.
	out, err := os.CreateTemp("", "warta-postgres-*.log")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w: %s", program, err, bytes.TrimSpace(text))
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
