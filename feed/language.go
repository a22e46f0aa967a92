package feed

import "strings"

// Listed joins what is listed in a sentence: "a, b and c", "a, b dan c".
func Listed(list []string, language string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + Bilingual{ID: " dan ", EN: " and "}.In(language) + list[last]
}

// Tongue is which of the two languages that warta speaks, "id" or "en",
// readers of the first language that is known are met in. Malay and the
// languages of the archipelago are met in Indonesian.
func Tongue(languages ...string) string {
	for _, l := range languages {
		base, _, _ := strings.Cut(l, "-")
		switch strings.ToLower(base) {
		case "":
			continue
		case "id", "in", "ind", "ms", "jv", "su", "ban", "bjn", "bug", "mad", "min", "ace", "mak", "sas", "bbc", "nia":
			return "id"
		}
		return "en"
	}
	return "en"
}
