package parse

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"warta/sources"
)

// What JSON documents say of rights, in members of their own, of ninjs or of an
// extension, as words, lists or objects.
func TestJSONRights(t *testing.T) {
	for _, tt := range []struct{ member, want string }{
		{`"copyright":["© Kabar","© Sari"]`, "rights: © Kabar (entry copyright), rights: © Sari (entry copyright)"},
		{`"license":{"name":"CC BY","url":"https://kabar.example/l"}`, "licence: https://kabar.example/l"},
		{`"license":{"name":"CC BY"}`, "rights: CC BY (entry license)"},
		{`"_kabar":{"usage_terms":"Tidak untuk dimuat ulang.","license":[{"href":"https://kabar.example/l"}]}`, "licence: https://kabar.example/l, rights: Tidak untuk dimuat ulang. (entry _kabar.usage_terms), json:_kabar"},
		{`"rightsinfo":{"langid":"http://www.w3.org/ns/odrl/2/","linkedrights":"https://kabar.example/o"}`, "odrl:haspolicy=https://kabar.example/o"},
		{`"_ninjs":{"rightsInfo":{"encodedRights":"<o:policy/>"}}`, "json:encodedrights=<o:policy/>"},
		{`"license":7,"rights":null,"copyright":{}`, ""},
	} {
		doc, err := Parse(t.Context(), Input{Body: []byte(`{"version":"https://jsonfeed.org/version/1.1","title":"Kabar","items":[{"id":"1","content_text":"Isi.",` + tt.member + `}]}`)})
		if err != nil {
			t.Fatal(err)
		}
		if got := rightsOf(&doc.Items[0]); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.member, got, tt.want)
		}
	}
}

func rightsOf(it *sources.Item) string {
	var list []string
	for _, l := range it.Licenses {
		list = append(list, "licence: "+l)
	}
	for _, s := range it.Rights {
		list = append(list, fmt.Sprintf("rights: %s (%s)", s.Text, s.Where))
	}
	slices.Sort(list)
	for _, s := range it.Signals {
		list = append(list, strings.TrimSuffix(s.Name+"="+s.Value, "="))
	}
	return strings.Join(list, ", ")
}
