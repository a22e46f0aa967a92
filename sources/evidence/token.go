package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/sources/prose"
)

// token is one word of a sentence.
type token struct {
	at    int // where in the text it begins
	is    classes
	name  bool // a number, an address, or with a capital that is no sentence's
	other bool // not in the lexicon, and no number or address

	capital bool // begins with a capital that is no sentence's
}

// maxShort is how many letters an abbreviation has, such as an outlet's name.
const maxShort = 5

// maxTokens bounds the words of one sentence that are held against the lexicon.
const maxTokens = 120

// tokens adds the words of text[at:end] to the list. low is the text in small
// letters.
func (l *lexicon) tokens(list []token, text, low string, at, end int) []token {
	for at < end && len(list) < maxTokens {
		r, n := utf8.DecodeRuneInString(low[at:end])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '©' {
			at += n
			continue
		}
		stop := at + wordEnd(low[at:end])
		list = append(list, l.token(text[at:stop], low[at:stop], at, len(list) == 0, at > 0 && text[at-1] == '@'))
		at = stop
	}
	return list
}

// wordEnd is how long the word is that a text begins with: letters, digits, and
// amid them the marks of addresses and compounds.
func wordEnd(low string) int {
	end := 0
	for end < len(low) && alphanumeric(low[end]) {
		end++
	}
	if end > 0 && (end == len(low) || low[end] == ' ') {
		return end // nearly every word
	}
	end = 0
	for i, r := range low {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '©':
			end = i + utf8.RuneLen(r)
		case strings.ContainsRune("-@.'’_", r):
			if i != end {
				return end
			}
		case r == ':' && strings.HasPrefix(low[i:], "://"), r == '/' && strings.HasPrefix(low, "http"):
		default:
			return end
		}
	}
	return end
}

// token is one word; account says that it names somebody's, as "@warta" does.
func (l *lexicon) token(word, low string, at int, first, account bool) token {
	t := token{at: at, is: l.class(low), capital: capital(word) && !first}
	switch {
	case account:
		t.is, t.name = l.is.proper, true
	case !t.is.empty():
	case '0' <= low[0] && low[0] <= '9':
		t.is, t.name = l.is.number, true
	case strings.Contains(low, "@"): // an address to write to
		t.is, t.name = l.is.contact, true
	case strings.ContainsAny(low, ".:"):
		t.name = true
	case !first && capital(word):
		t.is, t.name, t.other = l.is.proper, true, prose.Shouts(word) && len(word) > maxShort
	default:
		t.other = true
	}
	return t
}

// class looks a word up, with its hyphen or without, misspelt, or as two.
func (l *lexicon) class(low string) classes {
	if c, ok := l.words[low]; ok {
		return c
	}
	if a, b, ok := strings.Cut(low, "-"); ok {
		if c, ok := l.words[a+b]; ok {
			return c
		}
		if x, y := l.words[a], l.words[b]; !x.empty() && !y.empty() {
			return x.with(y)
		}
	}
	if is := l.misspelt(low); !is.empty() {
		return is
	}
	return l.compound(low)
}

func alphanumeric(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }
