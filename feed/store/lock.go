package store

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"warta/feed"
)

// FileLock says that this process is the one that refreshes a database. It
// goes with the process, however that ends.
type FileLock struct {
	file *os.File  // SQLite: locked, beside the database
	conn *pgx.Conn // PostgreSQL: holds an advisory lock as long as it lives
}

// again is how long to wait before trying a taken lock again.
const again = 100 * time.Millisecond

// errTaken says that another process has the lock.
var errTaken = errors.New("taken")

// Lock takes the one lock of a database in the name of a command, such as
// "refresh". Where another process has it, Lock fails with feed.ErrConflict
// and says which; with wait it waits for it, until ctx ends.
//
// For SQLite it is a lock of the operating system on DATABASE.lock; the file
// itself stays and means nothing. For PostgreSQL it is an advisory lock.
func Lock(ctx context.Context, database, command string, wait bool) (*FileLock, error) {
	take := lockFile
	if IsPostgres(database) {
		take = lockPostgres
	}
	var timer *time.Timer
	for {
		l, holder, err := take(ctx, database, command)
		if !errors.Is(err, errTaken) {
			return l, err
		}
		if !wait {
			return nil, fmt.Errorf("%s is at work on %s; wait for it to finish (--wait), or end it: %w", holder, displayName(database), feed.ErrConflict)
		}
		if timer == nil {
			timer = time.NewTimer(again)
			defer timer.Stop()
		} else {
			timer.Reset(again)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for %s, which is at work on %s: %w", holder, displayName(database), ctx.Err())
		case <-timer.C:
		}
	}
}

// Unlock gives the lock back.
func (l *FileLock) Unlock() {
	if l.file != nil {
		// What the file says is of no more use; that it can't be emptied or
		// closed changes nothing, as the lock goes with the descriptor.
		l.file.Truncate(0) //nolint:errcheck
		unlockFile(l.file) //nolint:errcheck
		l.file.Close()     //nolint:errcheck
		l.file = nil
	}
	if l.conn != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		l.conn.Close(ctx) //nolint:errcheck // the server frees the lock when the connection is gone
		l.conn = nil
	}
}

// lockFile tries to lock the file beside a SQLite database. It returns who
// holds it where it is taken.
func lockFile(_ context.Context, database, command string) (*FileLock, string, error) {
	path := database + ".lock"
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o640)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", prepareFile(database, false)
	}
	if err != nil {
		return nil, "", fmt.Errorf("locking the database: %w; give this user write access to its directory: %w", err, feed.ErrUnavailable)
	}
	if err := tryLockFile(f); err != nil {
		defer f.Close()
		if !errors.Is(err, errTaken) {
			return nil, "", fmt.Errorf("locking %s: %w: %w", path, err, feed.ErrUnavailable)
		}
		said := make([]byte, 200)
		n, _ := f.ReadAt(said, 0) //nolint:errcheck // it is a courtesy
		return nil, first(strings.TrimSpace(string(said[:n])), "another process"), errTaken
	}
	// Who we are is for the message that others show; the lock is enough.
	if f.Truncate(0) == nil {
		fmt.Fprintf(f, "warta %s (pid %d)\n", command, os.Getpid()) //nolint:errcheck
	}
	return &FileLock{file: f}, "", nil
}

// lockPostgres tries to take an advisory lock that stands for the schema.
func lockPostgres(ctx context.Context, address, command string) (*FileLock, string, error) {
	cfg, err := postgresConfig(address)
	if err != nil {
		return nil, "", fmt.Errorf("locking the database: %w", err)
	}
	cfg.RuntimeParams["application_name"] = fmt.Sprintf("warta %s (pid %d on %s)", command, os.Getpid(), hostname())
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return nil, "", fmt.Errorf("locking the database: %w", firstError(explainPostgres(postgresName(cfg), err), err))
	}
	l := &FileLock{conn: conn}
	var taken bool
	var schema string
	if err := conn.QueryRow(ctx, "select current_schema()").Scan(&schema); err != nil {
		l.Unlock()
		return nil, "", fmt.Errorf("locking the database: %w", err)
	}
	key := int64(lockKey(schema))
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock($1)", key).Scan(&taken); err != nil || taken {
		if err != nil {
			l.Unlock()
			return nil, "", fmt.Errorf("locking the database: %w", err)
		}
		return l, "", nil
	}
	holder := "another process"
	// A 32-bit key stands in objid alone, with classid 0.
	conn.QueryRow(ctx, `select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
		where l.locktype = 'advisory' and l.classid::bigint = 0 and l.objid::bigint = $1 and l.granted
		and l.database = (select oid from pg_database where datname = current_database())`, key).Scan(&holder) //nolint:errcheck // it is a courtesy
	l.Unlock()
	return nil, holder, errTaken
}

// lockKey tells our lock from those of others in the same database.
func lockKey(schema string) uint32 {
	h := fnv.New32a()
	h.Write([]byte("warta refresh " + schema))
	return h.Sum32()
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "an unnamed host"
	}
	return name
}

func displayName(database string) string {
	if IsPostgres(database) {
		if cfg, err := postgresConfig(database); err == nil {
			return postgresName(cfg)
		}
		return "the database"
	}
	return database
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
