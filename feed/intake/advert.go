package intake

import (
	"strings"
	"unicode"
)

// promoted are phrases of headlines that sell gambling, and what hijacked sites
// sell besides. Reports use a few of them; adverts are made of them.
var promoted = []string{
	"slot gacor", "slot online", "situs slot", "link slot", "judi slot", "slot88", "slot777", "slot dana", "slot pulsa", "slot deposit", "slot thailand", "slot server",
	"gacor hari ini", "pola gacor", "maxwin", "rtp live", "rtp slot", "scatter hitam", "togel", "toto macau", "bandar toto", "situs toto", "deposit pulsa", "pragmatic play", "mahjong ways",
	"gates of olympus", "starlight princess", "sbobet", "casino online", "kasino online", "online casino", "sports betting", "best casino", "free spins", "judi bola online", "poker online", "pkv games", "bandarq",
	"link alternatif", "agen judi", "situs judi", "daftar judi", "viagra", " cialis", "obat kuat", "payday loan", "essay writing service", "escort service",
}

// An advert that its headline doesn't give away names games of chance and
// sells them: so many of the one and of the other, in headline and excerpt.
const gamesLeast, sellingLeast = 2, 2

var (
	games   = wordSet("slot gacor maxwin togel toto rtp scatter sbobet casino kasino judi poker baccarat parlay jackpot pragmatic olympus mahjong bandarq pkv taruhan jp spin spins betting")
	selling = wordSet("daftar link bonus deposit terpercaya login alternatif member gampang pola promo situs cuan menang kemenangan withdraw rungkad bandar agen register signup")
)

func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// promotes reports whether a story advertises what hijackers advertise.
func promotes(title, excerpt string) bool {
	low := " " + strings.ToLower(title)
	for _, p := range promoted {
		if strings.Contains(low, p) {
			return !reports(low)
		}
	}
	low += " " + strings.ToLower(excerpt)
	var named, sold [4]string
	n, m := 0, 0
	for _, w := range strings.FieldsFunc(low, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch {
		case games[w]:
			n = distinctWord(&named, n, w)
		case selling[w]:
			m = distinctWord(&sold, m, w)
		}
	}
	return n >= gamesLeast && m >= sellingLeast && !reports(low)
}

// distinctWord adds a word to the first n of a short list, unless it is there
// or the list is full, and returns how many there are.
func distinctWord(list *[4]string, n int, w string) int {
	for _, v := range list[:n] {
		if v == w {
			return n
		}
	}
	if n < len(list) {
		list[n] = w
		n++
	}
	return n
}

// reports tells a report from an advert: police, courts, ministries and
// victims stand in it.
func reports(low string) bool {
	for _, w := range [...]string{"polisi", "polres", "polda", "polsek", "bareskrim", "kejari", "jaksa", "sidang", "hakim", "tersangka", "tangkap", "dibekuk", "blokir", "komdigi", "kominfo", "ojk", "ppatk",
		"korban", "bahaya", "berantas", "pemberantasan", "pemerintah", "undang-undang", "pidana", "kecanduan", "peneliti", "satgas", "imbau", "police", "court", "arrest", "government", "lawmaker", "addict"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}
