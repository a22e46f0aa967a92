package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"warta/sources/sourcestest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"warta": wartaMain, "receiver": receiverMain})
}

// wartaMain is main, with a clock that a script may set: WARTA_TEST_NOW is the
// time at which the process believes it starts.
func wartaMain() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.LookupEnv, now: time.Now}
	if s := os.Getenv("WARTA_TEST_NOW"); s != "" {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			fmt.Fprintln(os.Stderr, "WARTA_TEST_NOW:", err)
			os.Exit(2)
		}
		began := time.Now()
		a.now = func() time.Time { return at.Add(time.Since(began)) }
	}
	code := run(ctx, os.Args[1:], a)
	stop()
	os.Exit(code)
}

// TestScripts runs the manual: every script in testdata/script is a page of
// it, run with the real binary against an origin on loopback.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("WARTA_UPDATE") != "",
		Setup:               setup,
		Condition:           condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"get":         cmdGet,
			"await":       cmdAwait,
			"waitfor":     cmdWaitFor,
			"certificate": cmdCertificate,
		},
	})
}

// setup starts the origin that serves the script's folder site/, and picks a
// free address for serve.
func setup(env *testscript.Env) error {
	dir := filepath.Join(env.WorkDir, "site")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	origin := &http.Server{Handler: siteHandler(dir)}
	go origin.Serve(ln)
	env.Defer(func() { origin.Close() })
	tls := newTLSOrigin()
	env.Defer(tls.Close)
	ports, err := freePorts(6)
	if err != nil {
		return err
	}
	for i, port := range ports[1:] {
		env.Setenv(fmt.Sprintf("PORT%d", i+1), port) // for what else a script starts
	}
	addr := "127.0.0.1:" + ports[0]
	root, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	env.Setenv("SITE", "http://"+ln.Addr().String())
	env.Setenv("OTHER_SITE", strings.Replace("http://"+ln.Addr().String(), "127.0.0.1", "localhost", 1)) // the same under another name
	env.Setenv("TLS_SITE", tls.URL)
	env.Setenv("LISTEN", addr)
	env.Setenv("WARTA", "http://"+addr)
	env.Setenv("ROOT", root)
	env.Setenv("SHARED", filepath.Join(root, "..", "shared", "data"))
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("GORACE", "atexit_sleep_ms=0") // else each run of a raced binary ends a second later
	return fillConfigs(env)
}

// freePorts are ports of loopback that nobody listens on, and nobody is given
// until its script does: they are below those that systems choose from when a
// connection or a listener takes any, and no two scripts get the same.
func freePorts(n int) ([]string, error) {
	const first, last = 20000, 32000
	var ports []string
	for range last - first {
		port := strconv.FormatUint(first+portsTaken.Add(1)%(last-first), 10)
		free, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err != nil {
			continue
		}
		free.Close()
		if ports = append(ports, port); len(ports) == n {
			return ports, nil
		}
	}
	return nil, fmt.Errorf("no %d free ports between %d and %d", n, first, last)
}

var portsTaken = startingAnywhere()

// startingAnywhere lets test runs side by side begin at different ports.
func startingAnywhere() *atomic.Uint64 {
	var n atomic.Uint64
	n.Store(uint64(os.Getpid()) * 97)
	return &n
}

// fillConfigs writes the addresses into the script's *.yaml and *.in files, which name
// them as @SITE@, @LISTEN@ and so on: warta's own ${…} stays its own.
func fillConfigs(env *testscript.Env) error {
	return filepath.WalkDir(env.WorkDir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, ".in") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		out := placeholder.ReplaceAllFunc(b, func(m []byte) []byte { return []byte(env.Getenv(strings.Trim(string(m), "@"))) })
		return os.WriteFile(path, out, 0o644)
	})
}

var placeholder = regexp.MustCompile(`@[A-Z_0-9]+@`)

// condition lets a script skip what this machine lacks: [has:newsboat]. In CI
// a tool that is missing is a failure, not a reason to skip.
func condition(cond string) (bool, error) {
	tool, ok := strings.CutPrefix(cond, "has:")
	if !ok {
		return false, fmt.Errorf("unknown condition %q", cond)
	}
	found := has(tool)
	if !found && os.Getenv("CI") == "true" {
		return false, fmt.Errorf("%s is missing; in CI every tool must be there (see .ci/tools)", tool)
	}
	return found, nil
}

func has(tool string) bool {
	switch tool {
	case "feedparser":
		return exec.Command("/usr/bin/python3", "-c", "import feedparser").Run() == nil
	case "shared":
		_, err := os.Stat("../../../shared/data/README.md")
		return err == nil
	}
	_, err := exec.LookPath(tool)
	return err == nil
}

// cmdGet fetches a URL and leaves "STATUS\nheaders\n\nbody" on stdout:
//
//	get [-gzip] [-H 'Name: value'] URL
func cmdGet(ts *testscript.TestScript, neg bool, args []string) {
	var header []string
	for len(args) > 1 {
		switch args[0] {
		case "-H":
			header = append(header, args[1])
			args = args[2:]
		default:
			ts.Fatalf("usage: get [-H 'Name: value'] URL")
		}
	}
	text, ok := fetchText(args[0], header)
	fmt.Fprint(ts.Stdout(), text)
	if ok == neg {
		ts.Fatalf("get %s: %s", args[0], text)
	}
}

// fetchText gets a URL; ok is false for a status of 400 and above.
func fetchText(url string, header []string) (string, bool) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return err.Error(), false
	}
	req.Header.Set("Accept-Encoding", "identity")
	for _, h := range header {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return err.Error(), false
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err.Error(), false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP %d\n", resp.StatusCode)
	resp.Header.Write(&b)
	b.WriteString("\n")
	b.Write(body)
	return b.String(), resp.StatusCode < 400
}

// cmdAwait fetches a URL until what comes matches a pattern (or, negated, no
// longer does), at most a minute: await URL PATTERN
func cmdAwait(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: await URL PATTERN")
	}
	re := regexp.MustCompile("(?m)" + args[1])
	var last string
	ok := poll(func() bool {
		last, _ = fetchText(args[0], nil)
		return re.MatchString(last) != neg
	})
	fmt.Fprint(ts.Stdout(), last)
	if !ok {
		ts.Fatalf("await %s: after a minute %q is not so in:\n%s", args[0], args[1], last)
	}
}

// cmdWaitFor waits until a file matches a pattern: waitfor FILE PATTERN
func cmdWaitFor(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: waitfor FILE PATTERN")
	}
	re := regexp.MustCompile("(?m)" + args[1])
	var last []byte
	if !poll(func() bool {
		last, _ = os.ReadFile(ts.MkAbs(args[0]))
		return re.Match(last)
	}) {
		ts.Fatalf("waitfor %s: after a minute %q is not in:\n%s", args[0], args[1], last)
	}
}

// poll asks until ok or a minute has passed.
func poll(ok func() bool) bool {
	deadline := time.After(time.Minute)
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	for {
		if ok() {
			return true
		}
		select {
		case <-tick.C:
		case <-deadline:
			return false
		}
	}
}

// cmdCertificate makes a certificate that vouches for itself:
// certificate CERT.pem KEY.pem HOST
func cmdCertificate(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 || neg {
		ts.Fatalf("usage: certificate CERT.pem KEY.pem HOST")
	}
	now := time.Now()
	pair, err := sourcestest.SelfSigned(now.Add(-time.Hour), now.Add(24*time.Hour), args[2])
	ts.Check(err)
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	ts.Check(err)
	for i, block := range []*pem.Block{{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}, {Type: "PRIVATE KEY", Bytes: key}} {
		ts.Check(os.WriteFile(ts.MkAbs(args[i]), pem.EncodeToMemory(block), 0o600))
	}
}
