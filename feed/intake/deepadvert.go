package intake

import (
	"html"
	"strings"
)

// On a site that was broken into, adverts are put deep into ordinary stories:
// links to sites of gambling, medicines or loans with words that sell them, seen
// or hidden. A report on gambling names such sites and does not link them so.
const (
	// soldAnchors links that may be innocent alone are not, together.
	soldAnchors = 2
	// soldPhrases of these in one paragraph that reports nothing need no link.
	soldPhrases = 3
	// headline is what is too long for an advert, in bytes: another paper's story.
	headline = 60
	// maxAnchors bounds the links of one text that are looked at.
	maxAnchors = 500
)

// sold are phrases of links that sell what hijackers sell, besides promoted.
// Those that are in use elsewhere count only together.
var sold = []string{
	"online casino", "casino bonus", "casino online", "live casino", "slot machine", "slots online", "sportsbook", "bet365", "1xbet", "no deposit bonus",
	"obat aborsi", "cytotec", "obat pembesar", "obat penggugur", "jual viagra", "buy viagra", "viagra asli", "levitra", "kamagra", "buy cialis", "cialis online",
	"tanpa bi checking", "pinjol langsung cair", "pinjaman online langsung", "pinjaman online tanpa", "dana cepat cair", "payday loans", "essay writing", "buy essay",
	"棋牌", "赌场", "百家乐", "博彩", "老虎机", "彩票平台", "คาสิโน", "สล็อต", "บาคาร่า", "카지노", "바카라", "토토사이트", "nhà cái", "cá cược",
}

// wagered are words in the name of a host that sells gambling.
var wagered = []string{"slot", "gacor", "togel", "judi", "casino", "kasino", "maxwin", "poker", "sbobet", "jackpot", "toto4d", "bandarq"}

// advertises reports whether a text has adverts in it that its headline does
// not give away. own are the hosts of its source. Nearly every story is a few
// links to its own site, so little more is done for it than finding those.
func advertises(markup string, own func(domain string) bool) bool {
	some := 0
	rest := markup
	for range maxAnchors {
		_, after, ok := strings.Cut(rest, "<a ")
		if !ok {
			break
		}
		tag, after, ok := strings.Cut(after, ">")
		if !ok {
			break
		}
		words, after, _ := strings.Cut(after, "</a>")
		rest = after
		_, href, ok := strings.Cut(tag, `href="`)
		if !ok {
			continue
		}
		href, _, _ = strings.Cut(href, `"`)
		if at := domain(html.UnescapeString(href)); at == "" || own(at) || ofPublic(at) {
			continue
		} else if strong, weak := anchorSells(at, strings.ToLower(html.UnescapeString(words))); strong {
			return true
		} else if weak {
			some++
		}
	}
	return some >= soldAnchors || mayName(markup) && paragraphSells(strings.ToLower(markup))
}

// mayName is a quick look for paragraphs that name games.
func mayName(markup string) bool {
	for _, w := range [...]string{"acor", "axwin", "ogel", "slot", "Slot", "SLOT"} {
		if strings.Contains(markup, w) {
			return true
		}
	}
	return false
}

// anchorSells looks at one link, in small letters: strong sells by itself, weak
// together with others.
func anchorSells(at, words string) (strong, weak bool) {
	if strings.Contains(words, "://") {
		words = "" // the address itself
	}
	for _, list := range [...][]string{promoted, sold} {
		for _, p := range list {
			if strings.Contains(" "+words, p) {
				return len(words) <= headline && !reports(words), true
			}
		}
	}
	var c counted
	c.words(words)
	games, selling := len(c.games.list()), len(c.selling.list())
	label, _, _ := strings.Cut(at, ".")
	host := false
	for _, w := range wagered {
		host = host || strings.Contains(label, w)
	}
	return games > 0 && (host || selling > 0) && !reports(words), games > 0 || host || strings.Contains(words, "pinjol") || strings.Contains(words, "obat kuat")
}

// ofPublic reports whether a host is an authority's, a school's or a court's,
// which hijackers do not sell for; those that were broken into are met at their
// own feeds.
func ofPublic(domain string) bool {
	for _, end := range [...]string{".go.id", ".ac.id", ".sch.id", ".mil.id", ".gov", ".edu", ".int", "wikipedia.org", "youtube.com", "instagram.com", "facebook.com", "twitter.com", "x.com"} {
		if strings.HasSuffix(domain, end) {
			return true
		}
	}
	return false
}

// paragraphSells finds a paragraph that is made of such phrases.
func paragraphSells(low string) bool {
	for p := range strings.SplitSeq(low, "</p>") {
		n := 0
		for _, list := range [...][]string{promoted, sold} {
			for _, phrase := range list {
				if strings.Contains(p, phrase) {
					n++
				}
			}
		}
		if n < soldPhrases {
			continue
		}
		var c counted
		c.words(p)
		if len(c.selling.list()) >= sellingLeast && !reports(p) {
			return true
		}
	}
	return false
}
