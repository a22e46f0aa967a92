package recheck

import (
	"strings"
	"testing"
	"time"

	"warta/sources"
)

// A note of correction is news once, whatever happens to its spelling or place;
// its time lies between the visit that didn't see it and the one that does.
func TestNotesAreToldOnce(t *testing.T) {
	w := newWorld(t, 1)
	page := func(notes ...string) {
		w.origin.Set("/1", htmlPage("<title>x</title><body><article><h1>x</h1><p>Air surut di desa.</p><p>"+strings.Join(notes, "</p><p>")+"</p></article>"))
	}
	const first, second = "Koreksi: tertulis 40 rumah, seharusnya 14 rumah.", "Koreksi: nama camat adalah Surya."
	for i, c := range []struct {
		notes []string
		want  bool
	}{
		{nil, false}, {[]string{first}, true}, {[]string{first}, false}, {[]string{strings.ToUpper(first)}, false},
		{[]string{second, first}, true}, {[]string{second}, false}, {nil, false}, {[]string{first + " Juga di judul."}, true},
	} {
		page(c.notes...)
		if r := w.visit(); len(r) != 1 || r[0].Corrected != c.want {
			t.Errorf("visit %d: %+v, want %v", i, r, c.want)
		}
		w.later("1")
	}
	now := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	read := now.Add(-3 * time.Hour)
	for stated, want := range map[time.Time]time.Time{
		{}: now, now.Add(time.Hour): now, read.Add(-time.Hour): read, read.Add(time.Hour): read.Add(time.Hour),
	} {
		if got := within(stated, read, now); !got.Equal(want) {
			t.Errorf("stated %v: %v, want %v", stated, got, want)
		}
	}
}

// A story whose link is the home page is not corrected or withdrawn by what
// stands there of others; a page that never stops changing its note is left.
func TestNotesOfHomeAndOfEverChangingPages(t *testing.T) {
	w := newWorld(t, 1)
	w.shelf.pages["1"].URL = w.origin.URL() + "/"
	w.origin.Set("/", htmlPage("<title>x</title><p>Koreksi: tertulis 40, seharusnya 14.</p><p>Berita ini telah dicabut redaksi.</p>"))
	if r := w.visit(); len(r) != 1 || r[0].Corrected || r[0].Suspicion != "" {
		t.Errorf("%+v", r)
	}
	var st sources.PageState
	told := 0
	for i := range 100 {
		told += len(remember(&st, []sources.Correction{{Text: strings.Repeat("x", i+1)}}, time.Now()))
	}
	if told > maxNotes || len(st.Notes) > maxNotes {
		t.Errorf("told %d times", told)
	}
}
