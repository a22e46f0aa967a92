package normalize

import (
	"strings"

	"golang.org/x/net/html/atom"

	"warta/sources"
)

// images chooses the item's picture and finds its credit: what the feed says
// of a picture, else the first in the text with the caption around it.
func images(it *sources.Item, story, summary body) {
	found := story.pictures()
	if len(found) == 0 {
		found = summary.pictures()
	}
	for i := range it.Media {
		fillCredit(&it.Media[i], found)
	}
	if it.Image == nil {
		switch {
		case len(it.Media) > 0:
			first := it.Media[0]
			it.Image = &first
		case len(found) > 0:
			it.Image = &found[0]
		default:
			for _, e := range it.Enclosures {
				if strings.HasPrefix(e.Type, "image/") {
					it.Image = &sources.Image{URL: e.URL, Type: e.Type, Title: e.Title}
					break
				}
			}
		}
	}
	if it.Image != nil {
		fillCredit(it.Image, found)
		if it.Image.Credit == "" {
			it.Image.Credit = photoCredit(firstOf(it.Image.Caption, it.Image.Title))
		}
	}
	addCredited(it, found)
}

// addCredited adds the other pictures of the text that say whose they are:
// each may be shown where pictures may, and the rest may not.
func addCredited(it *sources.Item, found []sources.Image) {
	for i := range found {
		f := &found[i]
		known := f.Credit == "" || it.Image != nil && it.Image.URL == f.URL
		for k := range it.Media {
			known = known || it.Media[k].URL == f.URL
		}
		if !known {
			it.Media = append(it.Media, *f)
		}
	}
}

// fillCredit adds to a picture what the text says of the same one.
func fillCredit(img *sources.Image, found []sources.Image) {
	for i := range found {
		if found[i].URL != img.URL {
			continue
		}
		if img.Caption == "" {
			img.Caption = found[i].Caption
		}
		if img.Credit == "" {
			img.Credit = found[i].Credit
		}
	}
}

// pictures lists the pictures of a text with their captions.
func (b body) pictures() []sources.Image {
	if b.lines == nil || b.tree == nil {
		return nil
	}
	var out []sources.Image
	for i := range b.tree.nodes {
		n := &b.tree.nodes[i]
		if n.tag != atom.Img || n.kind&keepTag == 0 || n.gone || len(n.attrs) == 0 {
			continue
		}
		img := sources.Image{URL: n.attrs[0].val, Caption: b.captionOf(int32(i))}
		for _, a := range n.attrs {
			switch a.key {
			case "title":
				img.Title = a.val
			case "width":
				img.Width = atoi(a.val)
			case "height":
				img.Height = atoi(a.val)
			}
		}
		img.Credit = photoCredit(img.Caption)
		out = append(out, img)
		if len(out) == 20 {
			break
		}
	}
	return out
}

// captionOf gives the words of the caption that belongs to the picture: in
// its figure, or the caption line right after it.
func (b body) captionOf(img int32) string {
	for i := range b.all {
		e := &b.all[i]
		if e.gone || e.flags&hasImage == 0 || !b.holds(e, img) {
			continue
		}
		if e.flags&inCaption != 0 && e.text != "" {
			return e.text
		}
		if i+1 < len(b.all) {
			next := &b.all[i+1]
			if !next.gone && next.text != "" && (next.flags&inCaption != 0 || photoCredit(next.text) != "" && len(next.text) < 300) {
				return next.text
			}
		}
	}
	return ""
}

func (b body) holds(e *line, leaf int32) bool {
	for _, i := range b.leaves[e.from:e.to] {
		if i == leaf {
			return true
		}
	}
	return false
}

func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
