package normalize

import "warta/sources"

// facts is what a story's own lines say about it. The lines stay.
type facts struct {
	persons    []sources.Person
	credit     string
	agency     string
	dateline   string
	provenance []sources.Provenance
	advert     bool
	furniture  map[int]bool // lines that are about the story, not of it
}

func (b body) facts(outlet string) facts { return facts{} }
func persons(it *sources.Item, f facts, outlet string) {
	it.Authors = tidyPersons(it.Authors, "author", outlet)
	it.Contributors = tidyPersons(it.Contributors, "contributor", outlet)
}
func tidyPersons(in []sources.Person, role, outlet string) []sources.Person {
	for i := range in {
		in[i].Name = fold(in[i].Name)
		if in[i].Role == "" {
			in[i].Role = role
		}
	}
	return in
}
func photoCredit(s string) string           { return "" }
func advertorial(it *sources.Item, f facts) {}
