package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"warta/feed"
)

// connections is how many connections one process keeps to PostgreSQL.
const connections = 8

func openPostgres(ctx context.Context, address string, opt Options) (*Store, error) {
	cfg, err := postgresConfig(address)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if opt.ReadOnly {
		cfg.RuntimeParams["default_transaction_read_only"] = "on"
	}
	s := &Store{name: postgresName(cfg), dialect: dialect{name: "postgres", goose: "postgres", explain: explainPostgres}}
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	s.reader = newPool(db)
	s.writer = s.reader
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(s.fail(err, "opening the database"), s.Close())
	}
	return s, nil
}

// postgresConfig reads the address. Its error never holds the password.
func postgresConfig(address string) (*pgx.ConnConfig, error) {
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("%w; write postgres://USER:PASSWORD@HOST/NAME: %w", err, feed.ErrInvalid)
	}
	if cfg.RuntimeParams["application_name"] == "" {
		// Shown by pg_stat_activity, and so by the message of a lock.
		cfg.RuntimeParams["application_name"] = fmt.Sprintf("%s (pid %d)", command(), os.Getpid())
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 15 * time.Second
	}
	return cfg, nil
}

// command is what this process was started as, without its arguments' values
// beyond the first: "warta refresh".
func command() string {
	name := filepath.Base(os.Args[0])
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		name += " " + os.Args[1]
	}
	return name
}

func postgresName(cfg *pgx.ConnConfig) string {
	return "postgres://" + net.JoinHostPort(cfg.Host, fmt.Sprint(cfg.Port)) + "/" + cfg.Database
}

// explainPostgres puts PostgreSQL's error codes (its manual, appendix A) into
// our kinds.
func explainPostgres(name string, err error) error {
	var connect *pgconn.ConnectError
	var server *pgconn.PgError
	switch {
	case errors.As(err, &server):
		return explainCode(name, server.Code, err)
	case errors.As(err, &connect):
		return fmt.Errorf("no connection to the database %s (%w); check that it runs and that the address is right: %w", name, err, feed.ErrUnavailable)
	case errors.Is(err, sql.ErrConnDone), pgconn.SafeToRetry(err):
		return fmt.Errorf("the connection to the database %s was lost (%w): %w", name, err, feed.ErrUnavailable)
	}
	return nil
}

func explainCode(name, code string, err error) error {
	switch code[:min(2, len(code))] {
	case "28", "3D": // authorization; no such database
		return fmt.Errorf("the database %s does not let us in (%w); check user, password and name in the address: %w", name, err, feed.ErrUnavailable)
	case "42":
		if code == "42501" { // insufficient privilege
			return fmt.Errorf("the database %s does not allow it (%w); grant the user the rights of an owner: %w", name, err, feed.ErrUnavailable)
		}
	case "53": // disk full, out of memory, too many connections
		return fmt.Errorf("the database %s is out of space, memory or connections (%w); what was stored is intact: %w", name, err, feed.ErrUnavailable)
	case "08", "57", "58": // connection, shutdown, I/O
		return fmt.Errorf("the database %s stopped serving us (%w); run again when it is back: %w", name, err, feed.ErrUnavailable)
	case "XX": // data corrupted
		return fmt.Errorf("the database %s is damaged (%w); restore a backup: %w", name, err, feed.ErrUnavailable)
	case "25":
		if code == "25006" {
			return fmt.Errorf("the database %s can't be written (%w); connect to the primary server: %w", name, err, feed.ErrUnavailable)
		}
	case "40", "55": // serialization, deadlock; lock not available
		return fmt.Errorf("the database %s is being written by another process (%w); run again: %w", name, err, feed.ErrConflict)
	}
	return nil
}
