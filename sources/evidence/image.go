package evidence

import (
	"strconv"
	"strings"

	"warta/sources"
)

// images reads what pictures say of themselves (media:copyright, media:license
// in words, their captions): a ban there, or words that can't be understood where
// rights are stated, keeps the pictures back and takes nothing from the text.
func (f *finder) images(it *sources.Item) {
	list := it.Media
	if it.Image != nil {
		list = append([]sources.Image{*it.Image}, list...)
	}
	for i := range list[:min(len(list), maxImages)] {
		image := &list[i]
		where := "image " + strconv.Itoa(i+1)
		if i == 0 && it.Image != nil {
			where = "image"
		}
		f.imageStatement(image.Copyright, where+" copyright")
		if !strings.Contains(image.License, "://") {
			f.imageStatement(image.License, where+" licence")
		}
		var c finder
		c.words(image.Caption, "")
		f.keptBack(c.list, where+" caption")
	}
}

// maxImages bounds the pictures of one entry whose words are read.
const maxImages = 20

func (f *finder) imageStatement(text, where string) {
	var c finder
	c.statement(text, "")
	f.keptBack(c.list, where)
}

// keptBack takes over what forbids.
func (f *finder) keptBack(list []sources.Evidence, where string) {
	for _, e := range list {
		switch e.Kind {
		case sources.NoCopy, sources.NoImage, sources.Unclear:
			f.add(sources.NoImage, e.Text, where, "")
		}
	}
}
