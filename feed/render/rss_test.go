package render

import (
	"testing"

	"warta/sources"
)

// TestLastCreatorIsSomebody: newsboat and others show the last dc:creator
// alone, so the login that posted a story stands before its reporters.
func TestLastCreatorIsSomebody(t *testing.T) {
	person := func(name string) sources.Person { return sources.Person{Name: name, Role: "author"} }
	for _, tt := range []struct {
		authors []sources.Person
		want    string
	}{
		{[]sources.Person{person("Sari Wulandari"), person("Budi"), person("admin")}, "<dc:creator>admin</dc:creator>\n<dc:creator>Sari Wulandari</dc:creator>\n<dc:creator>Budi</dc:creator>\n"},
		{[]sources.Person{person("Administrator")}, "<dc:creator>Administrator</dc:creator>\n"},
		{nil, ""},
	} {
		if got := string(rssCreators(nil, tt.authors)); got != tt.want {
			t.Errorf("%v:\n%s\nwant\n%s", tt.authors, got, tt.want)
		}
	}
}
