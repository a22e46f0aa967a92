package feed

import "strings"

// Measure counts the words and images of what is shown of an entry. Its title
// and credits are not counted.
func Measure(held *Entry) (words, images int) {
	text := PlainText(held.Content.Value)
	if text == "" {
		text = firstOf(PlainText(held.Summary.Value), held.Excerpt)
	}
	seen := make(map[string]bool)
	if held.Image != nil {
		seen[held.Image.URL] = true
	}
	for i := range held.Media {
		seen[held.Media[i].URL] = true
	}
	images = strings.Count(held.Content.Value, "<img ")
	return len(strings.Fields(text)), max(images, len(seen))
}
