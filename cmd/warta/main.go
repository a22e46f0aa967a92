// Command warta reads regional news sources, keeps whose each story is, and
// publishes curated Atom, RSS and JSON feeds within what its owners allow.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// version is the release; "go version -m warta" tells the commit.
const version = "0.1.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], &app{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.LookupEnv, now: time.Now,
	})
	stop()
	os.Exit(code)
}

// app is what every command may use of the world outside.
type app struct {
	ctx context.Context
	in  io.Reader
	out io.Writer // shows nothing that a terminal would obey
	raw io.Writer // as it is, for bytes that are sealed
	err io.Writer
	env func(string) (string, bool)
	now func() time.Time
	log *slog.Logger

	config string // path of the configuration
}

// commands is the grammar of the command line.
type commands struct {
	Config    string `short:"c" default:"warta.yaml" env:"WARTA_CONFIG" placeholder:"FILE" help:"The configuration (default ${default})."`
	LogLevel  string `default:"info" enum:"debug,info,warn,error" placeholder:"LEVEL" help:"Least level that is logged: debug, info, warn or error (default ${default})."`
	LogFormat string `default:"text" enum:"text,json" placeholder:"FORMAT" help:"Form of log lines on standard error: text or json (default ${default})."`

	ShowVersion kong.VersionFlag `name:"version" help:"Print the version and end."`

	Init     initCmd     `cmd:"" help:"Write a commented configuration to start from."`
	Add      addCmd      `cmd:"" help:"Find the feed of a site and add it to the configuration."`
	Check    checkCmd    `cmd:"" help:"Check the configuration, and with --live every source."`
	Inspect  inspectCmd  `cmd:"" help:"Show what warta sees in one feed or page."`
	Refresh  refreshCmd  `cmd:"" help:"Visit the sources that are due, once; for cron."`
	Serve    serveCmd    `cmd:"" help:"Refresh on schedule and publish, in one process."`
	Export   exportCmd   `cmd:"" help:"Write what would be served as static files."`
	Rights   rightsCmd   `cmd:"" help:"Explain what is shown of an entry or source, and why."`
	Review   reviewCmd   `cmd:"" help:"List what waits for an editor; release, hold or drop it."`
	Takedown takedownCmd `cmd:"" help:"List what owners ask to be taken down; accept or reject it."`
	Withdraw withdrawCmd `cmd:"" help:"Withdraw an entry everywhere, with the reason; or undo that."`
	Audit    auditCmd    `cmd:"" help:"Verify, show or export the record of what was done."`
	Partner  partnerCmd  `cmd:"" help:"List partners; make, list and revoke their tokens."`
	Demo     demoCmd     `cmd:"" help:"Show the main job on sample sites, without network."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// errExit carries an exit status out of the command-line parser, which would
// otherwise end the process itself.
type errExit int

func (e errExit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// run is main without the process: it parses args, runs the command and
// returns the exit status.
func run(ctx context.Context, args []string, a *app) (code int) {
	a.ctx, a.raw, a.out = ctx, a.out, &visibleWriter{w: a.out}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case errExit:
			code = int(e)
		default:
			panic(e)
		}
	}()
	var c commands
	parser, err := kong.New(&c,
		kong.Name("warta"),
		kong.Description("Reads regional news sources and republishes curated feeds with attribution intact. Start with: warta demo"),
		kong.Vars{"version": "warta " + version},
		kong.Writers(a.out, a.err),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 90}),
		kong.Exit(func(status int) { panic(errExit(status)) }),
	)
	if err != nil {
		return a.fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	kctx, err := parser.Parse(args)
	if err != nil {
		return a.fail(usageError{fmt.Errorf("%w; see: %s --help", err, selected(err))})
	}
	a.config = c.Config
	a.log = newLogger(a.err, c.LogLevel, c.LogFormat)
	return a.fail(kctx.Run(a))
}

// selected is the command whose arguments could not be understood.
func selected(err error) string {
	var pe *kong.ParseError
	if errors.As(err, &pe) && pe.Context != nil {
		if node := pe.Context.Selected(); node != nil {
			return "warta " + node.Path()
		}
	}
	return "warta"
}

// fail prints an error for people and returns the exit status it stands for.
func (a *app) fail(err error) int {
	if err == nil {
		return exitOK
	}
	var quiet quietError
	if !errors.As(err, &quiet) {
		fmt.Fprintln(a.err, visible(message(err)))
	}
	return exitStatus(err)
}

type versionCmd struct{}

func (versionCmd) Help() string {
	return "Prints the version alone on one line, for scripts.\n\nExample:\n  warta version"
}

func (versionCmd) Run(a *app) error {
	_, err := fmt.Fprintln(a.out, "warta", version)
	return err
}
