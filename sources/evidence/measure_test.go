package evidence

import (
	"os"
	"strings"
	"testing"

	"warta/sources"
)

// TestMeasure counts, over notices and stories that were written apart from the
// rules, how many notices are found as what they are and how many stories are
// taken for one. What the rules had learned from before met each set unseen:
//
//	1  101 of 129 notices (0.783), 1 false alarm in 134 stories
//	2  83 of 124 (0.669), 2 in 124; rare wordings on purpose
//	3  47 of 66 (0.712), 0 in 64; the same
//	4  50 of 55 (0.909), 0 in 30; the everyday manner
//	5  127 of 164 (0.774), 2 in 160; what the lexicon was made from
//	6  103 of 123 (0.837), 3 in 130; first meeting with the lexicon, rare wordings
//	7  96 of 105 (0.914), 0 in 114
//	8  56 of 62 (0.903), 3 in 60
//	9  96 of 110 (0.873), 2 in 110; bans alone 41 of 42
//	10 96 of 109 (0.881), 4 in 110; bans 39 of 41
//	11 87 of 107 (0.813), 4 in 110; bans 32 of 39
//	13 95 of 103 (0.922), 2 in 112; bans 67 of 70
//	14 164 of 200 (0.820), 0 in 102; bans 88 of 104
//	16 121 of 138 (0.877), 1 in 90; bans 59 of 69; of other kinds of sites
//
// With what is merely like a ban (likeness.go), learned without them, set 11 met
// anew has 36 of 39 bans and set 13 98 of 103 notices and all 70 bans; one more
// story of set 13 is unclear. Set 14 was met by the rules that set 13 had taught;
// set 16, written beside it and met last, by likeness for every kind as well (by
// the former rules: 111 of 138, 0.804).
//
// Sets 9 to 11, many of their wordings seen on sites, ask besides for kinds that
// the earlier ones hardly did: pictures alone, licences and machines in words.
// What they told was learned from by rule, not by sentence. Sets 12 and 15
// are no measure: they were written beside the rules. Since pictures have a kind of their own, and
// an offer to license or syndicate is no ban, lines of the earlier sets that say
// so have another kind than when they were first met. Two lines of set 11 are
// missed on purpose: “Data ini …” and “Buku saku ini berlisensi CC …” license
// another work than the story that says so.
//
// Whoever adds to the rules does well to write another set first.
func TestMeasure(t *testing.T) {
	for file, least := range map[string]float64{"notices-1.tsv": 0.99, "notices-2.tsv": 0.99, "notices-3.tsv": 0.98, "notices-4.tsv": 0.98, "notices-5.tsv": 0.97, "notices-6.tsv": 0.97, "notices-7.tsv": 0.97, "notices-8.tsv": 0.97, "notices-9.tsv": 0.99, "notices-10.tsv": 0.99, "notices-11.tsv": 0.97, "notices-12.tsv": 0.97, "notices-13.tsv": 0.97, "notices-14.tsv": 0.95, "notices-15.tsv": 0.95, "notices-16.tsv": 0.95} {
		data, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		found, all, alarms, stories := 0, 0, 0, 0
		for _, line := range strings.Split(string(data), "\n") {
			kind, text, ok := strings.Cut(line, "\t")
			if !ok || line[0] == '#' {
				continue
			}
			list := read(text)
			if kind == "none" {
				stories++
				if len(list) > 0 {
					alarms++
					t.Logf("false alarm, %s: %s", list[0].Kind, text)
				}
				continue
			}
			all++
			switch {
			case asKind(list, sources.EvidenceKind(kind)):
				found++
			case kind == "no-copy" && kinds(list)[sources.Unclear]:
				found++ // shown as little, and waits for a person
			default:
				t.Logf("want %s, got %v: %s", kind, kindsOf(list), text)
			}
		}
		recall := float64(found) / float64(all)
		t.Logf("%s: %d of %d notices (%.3f), %d false alarms in %d stories", file, found, all, recall, alarms, stories)
		if alarms > 0 {
			t.Errorf("%s: %d stories are taken for notices", file, alarms)
		}
		if recall < least {
			t.Errorf("%s: recall %.3f, was %.3f", file, recall, least)
		}
	}
}

// asKind reports whether evidence is of a kind, and of none that is tighter.
func asKind(list []sources.Evidence, want sources.EvidenceKind) bool {
	got := kinds(list)
	return got[want] && (want == sources.NoCopy || !got[sources.NoCopy])
}

func kindsOf(list []sources.Evidence) []sources.EvidenceKind {
	var out []sources.EvidenceKind
	for i := range list {
		out = append(out, list[i].Kind)
	}
	return out
}

// read reads a line of a set: markup, or words with their line breaks as "\n".
func read(text string) []sources.Evidence {
	text = strings.ReplaceAll(text, `\n`, "\n")
	if !strings.Contains(text, "</") {
		return Text(text, "text")
	}
	var f finder
	f.html(text, "text")
	return f.list
}
