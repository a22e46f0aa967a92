package evidence

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"warta/sources/prose"
)

var update = flag.Bool("update", false, "write anew what is learned")

// TestLikenessLearned: what is learned of all sets but one finds the bans in that
// one, and takes next to no story for one. With -update everything is learned
// and written to likeness.txt; that wants the stories in shared data.
func TestLikenessLearned(t *testing.T) {
	sets, err := filepath.Glob("testdata/notices-*.tsv")
	if err != nil || len(sets) < 10 {
		t.Fatal(sets, err)
	}
	if *update {
		write(t, learn(append(examples(t, sets...), storyParagraphs(t)...)))
		return
	}
	const unseen = "testdata/notices-11.tsv"
	counts := learn(examples(t, slices.DeleteFunc(sets, func(f string) bool { return f == unseen })...))
	bans, found, others, alarms := 0, 0, 0, 0
	for _, e := range examples(t, unseen) {
		like := e.likeness(counts) >= likeEnough
		switch {
		case e.ban && like:
			bans, found = bans+1, found+1
		case e.ban:
			bans++
			t.Logf("missed: %s", e.text)
		case like:
			others, alarms = others+1, alarms+1
			t.Logf("taken for a ban: %s", e.text)
		default:
			others++
		}
	}
	t.Logf("%d of %d bans, %d of %d others", found, bans, alarms, others)
	if found*100 < 60*bans || alarms*100 > 5*others {
		t.Error("worse than it was")
	}
}

// write puts what was learned in order.
func write(t *testing.T, counts map[string]float32) {
	var b strings.Builder
	for _, f := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&b, "%s\t%d\n", f, int(math.Round(float64(counts[f])*100)))
	}
	if err := os.WriteFile("likeness.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d features", len(counts))
}

// example is a paragraph that is a ban, or is none.
type example struct {
	features []string
	ban      bool
	text     string
}

// examples are the last paragraphs of the sets' texts.
func examples(t *testing.T, files ...string) (list []example) {
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			kind, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !ok || line[0] == '#' || kind == "quote-with-source" || kind == "tdm-reservation" || kind == "noimage" || kind == "unclear" {
				continue // like a ban, and none
			}
			b := prose.Lines(strings.ReplaceAll(prose.WithoutTags(text), `\n`, "\n"))
			if len(b) == 0 {
				continue
			}
			if e, ok := exampleOf(b[len(b)-1].Text); ok {
				e.ban = kind == "no-copy"
				list = append(list, e)
			}
		}
	}
	return list
}

func exampleOf(text string) (example, bool) {
	text = unit(text)
	low := prose.Lower(text)
	l := rules().words
	words := l.tokens(nil, text, low, 0, len(text))
	return example{features: l.features(text, low, words), text: text}, len(words) > 0
}

// learn fits what each feature counts by logistic regression, in steps that
// shrink with what was learned of it (AdaGrad).
func learn(list []example) map[string]float32 {
	random := rand.New(rand.NewPCG(1, 2))
	count, moved := map[string]float64{}, map[string]float64{}
	often := map[string]int{}
	for i := range list {
		for _, f := range list[i].features {
			often[f]++
		}
	}
	for range 8 {
		for _, i := range random.Perm(len(list)) {
			e := &list[i]
			sum := count[""]
			for _, f := range e.features {
				sum += count[f]
			}
			wrong, weight := 1/(1+math.Exp(-sum)), 1.0
			if e.ban {
				wrong, weight = wrong-1, 6
			}
			if wrong *= weight; math.Abs(wrong) < 1e-3 {
				continue
			}
			for _, f := range append(e.features, "") {
				if often[f] < 3 {
					continue
				}
				moved[f] += wrong * wrong
				count[f] -= 0.25 * wrong / math.Sqrt(moved[f]+1e-6)
			}
		}
	}
	const smallest = 40 // hundredths
	out := map[string]float32{}
	for f, c := range count {
		if n := math.Round(c * 100); math.Abs(n) >= smallest {
			out[f] = float32(n) / 100
		}
	}
	return out
}

func (e *example) likeness(counts map[string]float32) float32 {
	s := counts[""]
	for _, f := range e.features {
		s += counts[f]
	}
	return s
}

// storyParagraphs are those of real feeds and stories in which nobody finds a
// notice.
func storyParagraphs(t *testing.T) (list []example) {
	t.Helper()
	take := func(all []prose.Block) {
		for _, b := range all {
			if e, ok := exampleOf(b.Text); ok && len(Text(b.Text, "text")) == 0 {
				list = append(list, e)
			}
		}
	}
	for _, s := range stories(t) {
		take(prose.Lines(s.text))
	}
	files, err := filepath.Glob(filepath.Join(shared(t), "open", "feeds", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil || filepath.Ext(file) == ".json" {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		d.Strict = false
		for token, err := d.Token(); err == nil; token, err = d.Token() {
			if c, ok := token.(xml.CharData); ok && len(c) > 60 {
				take(prose.Blocks(string(c)))
			}
		}
	}
	return list
}
