package feed

import (
	"slices"
	"testing"
)

// Who is meant by an audience, as permissions write it.
func TestAudienceIncludes(t *testing.T) {
	const a, b, ab = Audience("partner:a"), Audience("partner:b"), Audience("partner:ab")
	both := Audiences(b, a, b)
	if both != "partner:a partner:b" || !slices.Equal(both.Each(), []Audience{a, b}) {
		t.Errorf("joined: %q, %q", both, both.Each())
	}
	for _, tt := range []struct {
		who  Audience
		in   []Audience
		not  []Audience
		name string
	}{
		{Public, []Audience{Public, a, b}, nil, ""},
		{a, []Audience{a}, []Audience{Public, b, ab, "partner:"}, "a"},
		{both, []Audience{a, b}, []Audience{Public, ab, "partner:", "", "partner:c"}, ""},
		{Partners, []Audience{a, b, "partner:c"}, []Audience{Public, "", "partner:"}, ""},
		{"", nil, []Audience{Public, a}, ""},
	} {
		for _, other := range tt.in {
			if !tt.who.Includes(other) {
				t.Errorf("%q does not include %q", tt.who, other)
			}
		}
		for _, other := range tt.not {
			if tt.who.Includes(other) {
				t.Errorf("%q includes %q", tt.who, other)
			}
		}
		if got := tt.who.Partner(); got != tt.name {
			t.Errorf("%q is the partner %q", tt.who, got)
		}
	}
}
