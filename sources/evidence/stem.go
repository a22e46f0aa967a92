package evidence

// The prefilter: one pass over the bytes that says which stems occur. A rule is
// tried only where its stems do, so that an ordinary story costs this pass and
// nothing else.

// stems is a set of stems, by their number.
type stems [maxStems / 64]uint64

const maxStems = 512

func (s *stems) add(n int)      { s[n/64] |= 1 << (n % 64) }
func (s *stems) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// meets reports whether the two sets share a stem.
func (s *stems) meets(other *stems) bool {
	for i := range s {
		if s[i]&other[i] != 0 {
			return true
		}
	}
	return false
}

// copyrightSign is the one stem shorter than four bytes.
const copyrightSign = "©"

// sieve finds stems in bytes. A window of the last four bytes, in lower case,
// is looked up in a small bit set; only a hit is compared in full.
type sieve struct {
	seen  [sieveBits / 64]uint64
	heads map[uint32][]int // first four bytes of a stem to its numbers
	stems []string         // in lower case, four bytes at least
	sign  int              // number of the copyright sign, -1 if it is no stem
}

const sieveBits = 1 << 13

func newSieve(list []string) *sieve {
	s := &sieve{heads: map[uint32][]int{}, stems: list, sign: -1}
	for n, stem := range list {
		if stem == copyrightSign {
			s.sign = n
			continue
		}
		w := uint32(stem[0])<<24 | uint32(stem[1])<<16 | uint32(stem[2])<<8 | uint32(stem[3])
		s.heads[w] = append(s.heads[w], n)
		h := sieveHash(w)
		s.seen[h/64] |= 1 << (h % 64)
	}
	return s
}

func sieveHash(w uint32) uint32 { return (w * 2654435761) >> (32 - 13) }

// lower maps ASCII capitals to small letters and leaves every other byte.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// scan says which stems occur in text.
func (s *sieve) scan(text string) (found stems) {
	var w uint32
	for i := 0; i < len(text); i++ {
		w = w<<8 | uint32(lower[text[i]])
		if w&0xffff == 0xc2a9 && s.sign >= 0 {
			found.add(s.sign)
		}
		h := sieveHash(w)
		if s.seen[h/64]&(1<<(h%64)) == 0 || i < 3 {
			continue
		}
		for _, n := range s.heads[w] {
			if !found.has(n) && hasStem(text[i-3:], s.stems[n]) {
				found.add(n)
			}
		}
	}
	return found
}

func hasStem(text, stem string) bool {
	if len(text) < len(stem) {
		return false
	}
	for i := 4; i < len(stem); i++ {
		if lower[text[i]] != stem[i] {
			return false
		}
	}
	return true
}
