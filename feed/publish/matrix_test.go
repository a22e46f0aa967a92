package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"warta/feed"
	"warta/feed/store"
	"warta/sources"
)

// Matrix publishes a story for every cell of evidence × permission, asks for
// everything as every audience, of the documents, the API and what is pushed,
// lets foreign readers read it, and finds never more than may be shown; and in
// what must show it, never less. programs puts the API before a publisher.
func Matrix(t *testing.T, programs func(*Publisher, *store.Store) http.Handler) {
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import feedparser").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("python3-feedparser is missing; in CI every tool must be there")
		}
		t.Skip("python3-feedparser is not on this machine")
	}
	m := newMatrix(t)
	m.programs = programs(m.p, m.store)
	for i := range m.askers {
		m.collect(&m.askers[i])
	}
	if m.deltas == 0 {
		t.Error("nobody gets a delta")
	}
	m.exported()
	m.read(python)
	m.check()
}

// output is one document as an asker got it.
type output struct {
	asker *asker
	name  string   // its address, or its file
	kind  string   // its format or kind of page
	file  string   // what the foreign reader reads
	must  []*cell  // the cells that it must show as far as they may be shown
	with  []string // the files that show them together with it
}

type matrix struct {
	*bench
	cells   []cell
	askers  []asker
	outputs []output
	entries []feed.Entry // the cells' as stored
	deltas  int
	dir     string

	programs http.Handler
	marks    map[string][]string // by file, as the foreign reader read them
	raw      map[string][]string // by file, in its bytes
}

func newMatrix(t *testing.T) *matrix {
	s := testSettings()
	s.Channels = []feed.Channel{
		{ID: "semua", Title: "Semua", Language: "id", Limit: 1000},
		{ID: "arsip", Title: "Arsip", Language: "id", Limit: 60},
	}
	s.Sources, s.Permissions, s.Policy.Sources = nil, nil, map[string]feed.SourcePolicy{}
	s.Partners = []feed.Partner{
		{ID: "mitra", Title: "Mitra", Channels: []string{"semua", "arsip"}, Use: feed.Full, Noncommercial: true},
		{ID: "lain", Title: "Lain", Channels: []string{"semua", "arsip"}, Use: feed.Full},
		{ID: "ringkas", Title: "Ringkas", Channels: []string{"semua", "arsip"}, Use: feed.Excerpt, Noncommercial: true},
	}
	all := cells()
	var drafts []feed.Draft
	for i := range all {
		c := &all[i]
		s.Sources = append(s.Sources, sources.Source{ID: c.source(), URL: "https://" + c.source() + ".example/", Feed: "https://" + c.source() + ".example/feed/"})
		if c.operator != "" {
			use, err := feed.ParseUse(c.operator)
			if err != nil {
				t.Fatal(err)
			}
			s.Policy.Sources[c.source()] = feed.SourcePolicy{Rights: &use}
		}
		if c.p.Use != feed.None {
			p := c.p
			p.ID, p.Source = "izin-"+c.source(), c.source()
			if p.Basis == "" {
				p.Basis = feed.WrittenPermission
			}
			s.Permissions = append(s.Permissions, p)
		}
		drafts = append(drafts, c.story())
	}
	m := &matrix{bench: newBench(t, s), cells: all, dir: t.TempDir(), raw: map[string][]string{}}
	// Half of the stories come later, so that there are deltas.
	half := len(drafts) / 2
	m.save(drafts[:half]...)
	m.update()
	m.askers = []asker{
		{name: "public", most: feed.Full}, {name: "mitra", most: feed.Full}, {name: "lain", most: feed.Full, earns: true}, {name: "ringkas", most: feed.Excerpt},
	}
	for i := range m.askers {
		a := &m.askers[i]
		if a.name != "public" {
			a.token = m.token(a.name)
			a.header = bearer(a.token)
		}
		a.had = map[string]string{}
		for _, f := range []string{"atom", "rss"} {
			a.had[f] = request(m.p, http.MethodGet, "/semua."+f, a.header...).Header.Get("ETag")
		}
	}
	m.save(drafts[half:]...)
	for i := range all {
		if v := all[i].desk; v != "" {
			if err := m.store.Judge(context.Background(), drafts[i].ID, v, "uji", "redaksi"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range drafts {
		e, err := m.store.Entry(context.Background(), drafts[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		m.entries = append(m.entries, e)
	}
	m.update()
	return m
}

// collect asks for everything as one audience.
func (m *matrix) collect(a *asker) {
	m.t.Helper()
	every := make([]*cell, len(m.cells))
	for i := range m.cells {
		every[i] = &m.cells[i]
	}
	for _, f := range []string{"atom", "rss", "json", "ninjs.json"} {
		m.ask(a, "/semua."+f, f, every)
		m.ask(a, "/arsip."+f, f, nil)
	}
	// Who has an older version gets what came since (RFC 3229).
	for f, etag := range a.had {
		r := request(m.programs, http.MethodGet, "/semua."+f, append([]string{"A-IM", "feed", "If-None-Match", etag}, a.header...)...)
		switch r.StatusCode {
		case http.StatusIMUsed:
			m.deltas++
		case http.StatusOK: // as what it had was what everybody had, and isn't any more
		default:
			m.t.Errorf("%s asks for a delta of semua.%s: %d", a.name, f, r.StatusCode)
		}
		m.add(output{asker: a, name: "a delta of semua." + f, kind: f, must: every[len(every)/2:]}, []byte(text(m.t, r)))
	}
	// A channel's newest with its archives shows what the long one shows.
	archives := m.chain("/arsip.atom")
	if len(archives) < 2 {
		m.t.Fatalf("the channel has no archives: %q", archives)
	}
	for _, f := range []string{"atom", "rss", "json"} {
		var files []string
		for _, path := range append([]string{"/arsip.atom"}, archives...) {
			m.ask(a, strings.TrimSuffix(path, "atom")+f, f, nil)
			files = append(files, m.outputs[len(m.outputs)-1].file)
		}
		last := &m.outputs[len(m.outputs)-1]
		last.must, last.with = every, files
	}
	for _, page := range []string{"/", "/en/", "/semua/", "/semua/en/", "/arsip/", "/channels.opml", "/semua.opml", "/semua.sitemap.xml", "/about/"} {
		m.ask(a, page, "list.html", nil)
	}
	if a.token != "" { // for readers that can send no header
		bare := &asker{name: a.name}
		m.ask(bare, "/p/"+a.token+"/semua.atom", "atom", every)
		m.outputs[len(m.outputs)-1].asker = a
	}
	m.program(a, "/api/entries?limit=100", every)
	m.program(a, "/api/entries?limit=100&after=0", every)
	m.pushed(a, every)
	for i := range m.cells {
		c := &m.cells[i]
		m.ask(a, "/entries/"+m.entries[i].ID, "entry.html", []*cell{c})
		m.ask(a, "/api/entries/"+m.entries[i].ID, "api.json", []*cell{c})
		if i%8 == 1 {
			m.ask(a, "/entries/"+m.entries[i].ID+"/en/", "entry.html", []*cell{c})
		}
		if a.header == nil || i%8 == 0 { // which is the same for all
			m.ask(a, "/sources/"+c.source()+"/", "list.html", nil)
		}
	}
}

// program asks the API, answer after answer, which together show all.
func (m *matrix) program(a *asker, path string, every []*cell) {
	m.t.Helper()
	var files []string
	for path != "" {
		if len(files) > len(m.cells) {
			m.t.Fatalf("%s asks %s for ever", a.name, path)
		}
		var answer struct {
			More bool
			Next string
		}
		if err := json.Unmarshal(m.ask(a, path, "api.json", nil), &answer); err != nil {
			m.t.Fatal(err)
		}
		files = append(files, m.outputs[len(m.outputs)-1].file)
		if path = ""; answer.More {
			path = strings.TrimPrefix(answer.Next, "https://warta.example")
		}
	}
	last := &m.outputs[len(m.outputs)-1]
	last.must, last.with = every, files
}

// pushed is what subscribers and webhooks of an audience are sent.
func (m *matrix) pushed(a *asker, every []*cell) {
	m.t.Helper()
	for _, f := range []string{"atom", "rss", "json", "ninjs.json"} {
		r := httptest.NewRequest(http.MethodPost, "/hub", nil)
		for i := 0; i+1 < len(a.header); i += 2 {
			r.Header.Add(a.header[i], a.header[i+1])
		}
		topic, err := m.p.Topic(r, "https://warta.example/semua."+f)
		if err != nil {
			m.t.Fatal(err)
		}
		var fragments [][]byte
		for i := range m.entries {
			if _, b, _ := topic.Show(&m.entries[i], m.clock); b != nil {
				fragments = append(fragments, b)
			}
		}
		var b bytes.Buffer
		if err := topic.Write(&b, m.clock, fragments, nil); err != nil {
			m.t.Fatal(err)
		}
		m.add(output{asker: a, name: "a push of semua." + f, kind: f, must: every}, b.Bytes())
	}
}

// ask gets one document. What is not there, as nothing of it may be shown,
// shows nothing.
func (m *matrix) ask(a *asker, path, kind string, must []*cell) []byte {
	m.t.Helper()
	r := request(m.programs, http.MethodGet, path, a.header...)
	body, err := io.ReadAll(r.Body)
	switch {
	case err != nil:
		m.t.Fatal(err)
	case r.StatusCode == http.StatusOK, kind == "entry.html" && r.StatusCode == http.StatusGone:
	case kind == "entry.html" && r.StatusCode == http.StatusNotFound:
		kind = "html"
	case kind == "api.json" && r.StatusCode == http.StatusNotFound:
	default:
		m.t.Fatalf("%s asks for %s: status %d", a.name, path, r.StatusCode)
	}
	m.add(output{asker: a, name: path, kind: kind, must: must}, body)
	return body
}

// exported takes in what stands in the files that everybody may read.
func (m *matrix) exported() {
	dir := m.t.TempDir()
	m.export(dir)
	for name, body := range tree(m.t.(*testing.T), dir) {
		kind := strings.TrimPrefix(filepath.Ext(name), ".")
		if kind == "gz" || strings.HasPrefix(name, ".") {
			continue
		}
		m.add(output{asker: &m.askers[0], name: "file " + name, kind: kind}, []byte(body))
	}
}

// add hands a document to the foreign reader, equal ones once.
func (m *matrix) add(o output, body []byte) {
	ext := map[string]string{"atom": ".atom", "rss": ".rss", "json": ".json", "ninjs.json": ".json", "api.json": ".json"}[o.kind]
	o.file = fmt.Sprintf("%x%s", sha256.Sum256(body), ext)
	m.outputs = append(m.outputs, o)
	if _, ok := m.raw[o.file]; ok {
		return
	}
	m.raw[o.file] = anyMark.FindAllString(string(body), -1)
	if err := os.WriteFile(filepath.Join(m.dir, o.file), body, 0o600); err != nil {
		m.t.Fatal(err)
	}
}

func (m *matrix) read(python string) {
	m.t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command(python, "testdata/matrix.py", m.dir)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &m.marks)
	}
	if err != nil {
		m.t.Fatalf("reading what was published: %v\n%s", err, stderr.String())
	}
}

var anyMark = regexp.MustCompile(`([A-Z]+)-(\d{3})\b`)

// check compares what was read with what may be shown.
func (m *matrix) check() {
	may := make(map[*asker][][]string, len(m.askers)) // by cell
	must := make(map[*asker][]string, len(m.askers))
	shown := make(map[feed.Use]int)
	for i := range m.askers {
		a := &m.askers[i]
		for j := range m.cells {
			r := m.cells[j].right(a)
			most, least := r.most()
			may[a], must[a] = append(may[a], strings.Fields(most)), append(must[a], least)
			shown[r.use]++
		}
	}
	wrong, checks := 0, 0
	report := func(o *output, c *cell, what, mark string) {
		if wrong++; wrong <= 40 {
			m.t.Errorf("%s, %s as %s: %s %s of %s", o.asker.name, o.name, o.kind, what, mark, c)
		}
	}
	kinds := make(map[string]int)
	for i := range m.outputs {
		o := &m.outputs[i]
		kinds[o.kind]++
		found := m.marks[o.file]
		// What a foreign reader overlooks must not be in the bytes either.
		all := slices.Concat(found, m.raw[o.file])
		slices.Sort(all)
		for _, mark := range slices.Compact(all) {
			parts := anyMark.FindStringSubmatch(mark)
			n, err := strconv.Atoi(parts[2])
			if err != nil || n >= len(m.cells) {
				continue // no mark of ours
			}
			checks++
			if !slices.Contains(may[o.asker][n], parts[1]) {
				report(o, &m.cells[n], "shows", mark)
			}
		}
		whole, tomb := make(map[string]bool), make(map[string]bool)
		for _, file := range append(o.with, o.file) {
			for _, mark := range m.marks[file] {
				whole[mark] = true
			}
			if o.kind != "atom" {
				continue
			}
			for _, mark := range m.raw[file] { // feedparser knows no tombstones
				tomb[mark] = true
			}
		}
		for _, c := range o.must {
			for _, name := range strings.Fields(must[o.asker][c.n]) {
				checks++
				if !whole[c.mark(name)] && !(c.withdrawn && tomb[c.mark(name)]) {
					report(o, c, "lacks", c.mark(name))
				}
			}
		}
	}
	if wrong > 40 {
		m.t.Errorf("and %d more", wrong-40)
	}
	m.t.Logf("%d cells of %d kinds of evidence × %d permissions, × %d audiences (nothing %d, headline %d, excerpt %d, full %d); %d documents, %v; %d marks checked",
		len(m.cells), len(sayings()), len(grantings()), len(m.askers),
		shown[feed.None], shown[feed.Headline], shown[feed.Excerpt], shown[feed.Full], len(m.outputs), kinds, checks)
}
