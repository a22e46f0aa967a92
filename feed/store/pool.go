package store

import (
	"context"
	"database/sql"
	"sync"
)

// pool is a set of connections with the statements prepared on them.
type pool struct {
	db    *sql.DB
	mu    sync.Mutex
	stmts map[string]*sql.Stmt
}

func newPool(db *sql.DB) *pool { return &pool{db: db, stmts: make(map[string]*sql.Stmt)} }

// stmt prepares a statement once. Callers pass constants, or texts of which
// there are few.
func (p *pool) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	st, ok := p.stmts[query]
	p.mu.Unlock()
	if ok {
		return st, nil
	}
	st, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other, ok := p.stmts[query]; ok { // prepared by another meanwhile
		return other, st.Close()
	}
	p.stmts[query] = st
	return st, nil
}

func (p *pool) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, st := range p.stmts {
		st.Close() //nolint:errcheck // closing the connections does it in any case
	}
	p.stmts = nil
	return p.db.Close()
}

// tx is a transaction that writes.
type tx struct {
	*sql.Tx
	pool *pool
	own  map[string]*sql.Stmt // the pool's statements, on this transaction
	new  []string             // prepared here, for the pool to know next time

	withdrew bool // a story was, whose copies are to be looked for
}

// exec runs a prepared statement and returns how many rows it touched.
func (t *tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	st, err := t.stmt(ctx, query)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (t *tx) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := t.own[query]; ok {
		return st, nil
	}
	t.pool.mu.Lock()
	known := t.pool.stmts[query]
	t.pool.mu.Unlock()
	var st *sql.Stmt
	if known != nil {
		st = t.StmtContext(ctx, known)
	} else {
		// The pool can't prepare it now: this transaction has taken the only
		// connection that writes.
		var err error
		if st, err = t.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		t.new = append(t.new, query)
	}
	t.own[query] = st
	return st, nil
}

// rows calls each for the rows of a query.
func (t *tx) rows(ctx context.Context, each func(*sql.Rows) error, query string, args ...any) error {
	st, err := t.stmt(ctx, query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// write runs fn in a transaction: all of it is kept, or nothing.
func (s *Store) write(ctx context.Context, fn func(*tx) error) error {
	begun, err := s.writer.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer begun.Rollback() //nolint:errcheck // after Commit it says only that it is done
	t := &tx{Tx: begun, pool: s.writer, own: make(map[string]*sql.Stmt)}
	if err := fn(t); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return err
	}
	for _, query := range t.new {
		s.writer.stmt(ctx, query) //nolint:errcheck // the next transaction will say
	}
	return nil
}

func (p *pool) queryRow(ctx context.Context, dest []any, query string, args ...any) error {
	st, err := p.stmt(ctx, query)
	if err != nil {
		return err
	}
	return st.QueryRowContext(ctx, args...).Scan(dest...)
}

// each calls fn for every row that a query gives.
func (s *Store) each(ctx context.Context, fn func(*sql.Rows) error, query string, args ...any) error {
	rows, err := s.reader.query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
