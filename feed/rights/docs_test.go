package rights

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"warta/feed"
)

var classNames = map[Class]string{Claim: "claims", Leave: "allows", Bound: "limits", Final: "final", Note: "carried on"}

// The table that lawyers read is the table that decides.
func TestDocs(t *testing.T) {
	data, err := os.ReadFile("../../docs/rights.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, r := range Table {
		kind, most := string(r.Kind), r.Most.String()
		if kind == "" {
			kind = "–"
		}
		if r.Hold {
			most += " ⚑"
		}
		row := fmt.Sprintf("| `%s` | %s | %s | %s | %s |\n", r.ID, kind, classNames[r.Class], most, r.Basis)
		if !strings.Contains(text, row) {
			t.Errorf("docs/rights.md lacks the row\n%s", row)
		}
		text = strings.Replace(text, row, "", 1)
	}
	if strings.Count(text, "\n| `") != 4+6+6 { // the uses, the bases and what a permission covers
		t.Errorf("docs/rights.md has rows that are not in the table")
	}
	for _, b := range feed.Bases {
		if !strings.Contains(text, "`"+string(b)+"`") {
			t.Errorf("docs/rights.md does not explain the basis %s", b)
		}
	}
}
