package intake

import (
	"slices"
	"strings"
	"unicode/utf8"
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

// names and sells say whether a word names a game of chance, or sells one.
func names(w string) bool {
	switch w {
	case "slot", "gacor", "maxwin", "togel", "toto", "rtp", "scatter", "sbobet", "casino", "kasino", "judi", "poker", "baccarat", "parlay", "jackpot", "pragmatic", "olympus", "mahjong", "bandarq", "pkv", "taruhan", "jp", "spin", "spins", "betting":
		return true
	}
	return false
}

func sells(w string) bool {
	switch w {
	case "daftar", "link", "bonus", "deposit", "terpercaya", "login", "alternatif", "member", "gampang", "pola", "promo", "situs", "cuan", "menang", "kemenangan", "withdraw", "rungkad", "bandar", "agen", "register", "signup":
		return true
	}
	return false
}

// promotes reports whether a story advertises what hijackers advertise.
func promotes(title, excerpt string) bool {
	low := " " + strings.ToLower(title)
	for _, p := range promoted {
		if strings.Contains(low, p) {
			return !reports(low)
		}
	}
	var c counted
	c.words(title)
	c.words(excerpt)
	return len(c.games.list()) >= gamesLeast && len(c.selling.list()) >= sellingLeast && !reports(low+" "+strings.ToLower(excerpt))
}

// counted are the different words of a story that name games and sell them.
type counted struct{ games, selling few }

// few are a few different words.
type few struct {
	of [4]string
	n  int
}

func (f *few) list() []string { return f.of[:f.n] }

func (f *few) add(w string) {
	if f.n < len(f.of) && !slices.Contains(f.list(), w) {
		f.of[f.n] = w
		f.n++
	}
}

// words goes through a text word by word, without taking memory for them: every
// new story is looked at.
func (c *counted) words(s string) {
	var word [longestWord + 1]byte
	n := 0
	for i := 0; i <= len(s); i++ {
		var b byte
		if i < len(s) {
			b = s[i]
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if 'a' <= b && b <= 'z' || b >= utf8.RuneSelf {
			if n <= longestWord {
				word[n] = b
				n++
			}
			continue
		}
		if n > 1 && n <= longestWord {
			if names(string(word[:n])) {
				c.games.add(string(word[:n]))
			} else if sells(string(word[:n])) {
				c.selling.add(string(word[:n]))
			}
		}
		n = 0
	}
}

// longestWord is the length of the longest word that is looked for.
const longestWord = 12

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
