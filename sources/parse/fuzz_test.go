package parse

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"warta/sources"
)

func seed(f *testing.F) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*", "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") || strings.Contains(file, "fuzz") {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	for _, h := range hostile {
		f.Add([]byte(h.make(400)))
	}
}

// FuzzScan cuts anything and checks that the pieces lie in the document, in
// order, and that cutting again finds the same.
func FuzzScan(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		if !utf8.Valid(body) {
			return
		}
		c, limits := scan(body)
		if c == nil {
			return
		}
		last := 0
		for _, e := range c.entries {
			if e.tok.start < last || e.in < e.tok.start || e.out < e.in || e.end < e.out || e.end > len(body) {
				t.Fatalf("an entry lies at %d–%d–%d–%d after %d", e.tok.start, e.in, e.out, e.end, last)
			}
			last = e.end
		}
		if len(c.fingerprints) != len(c.entries) || len(c.entries) > limits.Entries {
			t.Fatalf("%d fingerprints for %d entries", len(c.fingerprints), len(c.entries))
		}
		again, _ := scan(bytes.Clone(body))
		for i := range c.fingerprints {
			if c.fingerprints[i] != again.fingerprints[i] {
				t.Fatal("a fingerprint is not stable")
			}
		}
	})
}

// scan is the first walk alone.
func scan(body []byte) (*cutting, Limits) {
	limits := Limits{}.withDefaults()
	d := &decoder{doc: body, limits: &limits, warn: &warnings{}}
	d.entities.max = limits.Entities
	r, err := findRoot(d)
	if err != nil {
		return nil, limits
	}
	c, err := cut(d, r)
	if err != nil {
		return nil, limits
	}
	return c, limits
}

// FuzzParse reads anything and checks what every Document promises.
func FuzzParse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, err := Parse(context.Background(), Input{Body: body, URL: "https://kabar.example/feed"})
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Code == "" || e.Message == "" {
				t.Fatalf("an error that says nothing: %v", err)
			}
			if strings.Contains(e.Message, "parser failed") || strings.Contains(e.Message, "lost its mark") || strings.Contains(e.Message, "the parser returned") || strings.Contains(e.Message, "repaired") {
				t.Fatalf("gofeed couldn't read what we wrote: %v (%v)", err, e.Err)
			}
			return
		}
		if doc.Entries != len(doc.Items) || doc.Entries != len(doc.Fingerprints) {
			t.Fatalf("%d entries, %d items, %d fingerprints", doc.Entries, len(doc.Items), len(doc.Fingerprints))
		}
		for i := range doc.Items {
			it := &doc.Items[i]
			if it.ID == "" || it.IDFrom == "" || it.Fingerprint != doc.Fingerprints[i] {
				t.Fatalf("item %d: id %q from %q", i, it.ID, it.IDFrom)
			}
			for _, s := range []string{it.ID, it.Title.Value, it.Summary.Value, it.Content.Value, it.Link} {
				if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
					t.Fatalf("item %d holds %q", i, s)
				}
			}
		}
		none, err := Parse(context.Background(), Input{Body: body, URL: "https://kabar.example/feed", Known: func(sources.Fingerprint) bool { return true }})
		if err != nil || len(none.Items) != 0 || none.Entries != doc.Entries {
			t.Fatalf("with everything known: %v, %+v", err, none)
		}
	})
}
