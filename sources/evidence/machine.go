package evidence

// forMachines reports whether words forbid one thing alone, use by machines that
// learn: “Dilarang menggunakan artikel ini untuk melatih AI.” That is no ban on
// quoting. “Dilarang mengambil konten, melakukan crawling … untuk AI” forbids
// taking as well.
func (l *lexicon) forMachines(words []token) bool {
	acts := 0
	for i := range words {
		switch is := words[i].is; {
		case is.has(&l.is.aim):
			return acts <= 1
		case is.has(&l.is.act) && !is.has(&l.is.agent) && !(i > 0 && words[i-1].is.has(&l.is.act)):
			acts++
		}
	}
	return false
}

// scraped reports whether words speak of machines that come and take.
func (l *lexicon) scraped(words []token) bool {
	for i := range words {
		if words[i].is.has(&l.is.scrape) {
			return true
		}
	}
	return false
}
