package publish

import "strings"

// coding is a content coding (RFC 9110 section 8.4.1) that documents are kept
// in.
type coding uint8

const (
	identity coding = iota
	gzipped
	brotlied
	zstded
	codings // how many there are

	unacceptable // the client refuses them all, identity by name
)

// codingNames are the tokens of Accept-Encoding and Content-Encoding, and
// etagSuffixes what tells their strong ETags apart (RFC 9110 section 8.8.3.3).
var (
	codingNames  = [codings]string{"identity", "gzip", "br", "zstd"}
	etagSuffixes = [codings]string{"", "-gz", "-br", "-zst"}
)

// preference breaks ties between equal weights, the smallest form first.
var preference = [...]coding{brotlied, zstded, gzipped, identity}

// negotiate chooses the coding for an Accept-Encoding header (RFC 9110 section
// 12.5.3). No header, or an empty one, means identity: clients that say
// nothing, such as curl, mostly can't decode.
func negotiate(header []string) coding {
	if len(header) == 0 {
		return identity
	}
	if len(header) == 1 {
		switch header[0] { // what browsers, readers and proxies send
		case "gzip", "gzip, deflate", "gzip,deflate", "deflate, gzip":
			return gzipped
		case "gzip, deflate, br", "gzip, deflate, br, zstd", "br, gzip", "gzip, br", "br":
			return brotlied
		case "", "identity":
			return identity
		}
	}
	weights := [codings]int{-1, -1, -1, -1} // -1: not mentioned
	star := -1
	for _, line := range header {
		for line != "" {
			var item string
			item, line, _ = strings.Cut(line, ",")
			name, q := weighted(item)
			switch {
			case name == "*":
				star = q
			case strings.EqualFold(name, "x-gzip"):
				weights[gzipped] = q
			default:
				for c, n := range codingNames {
					if strings.EqualFold(name, n) {
						weights[c] = q
					}
				}
			}
		}
	}
	return best(weights, star)
}

func best(weights [codings]int, star int) coding {
	for c := range weights {
		if weights[c] >= 0 {
			continue
		}
		switch {
		case star >= 0:
			weights[c] = star
		case coding(c) == identity:
			weights[c] = 1 // acceptable, but less than anything asked for
		default:
			weights[c] = 0
		}
	}
	chosen, weight := unacceptable, 0
	for _, c := range preference {
		if weights[c] > weight {
			chosen, weight = c, weights[c]
		}
	}
	return chosen
}

// weighted splits "gzip;q=0.5" into its name and its weight in thousandths. A
// weight that can't be read counts as 0: such a coding is not sent.
func weighted(item string) (name string, q int) {
	name, params, found := strings.Cut(item, ";")
	name = strings.TrimSpace(name)
	if !found {
		return name, 1000
	}
	params = strings.TrimSpace(params)
	if len(params) < 3 || (params[0] != 'q' && params[0] != 'Q') || params[1] != '=' {
		return name, 0
	}
	return name, quality(params[2:])
}

// quality reads a qvalue (RFC 9110 section 12.4.2) in thousandths.
func quality(s string) int {
	if len(s) > 5 || s == "" || (s[0] != '0' && s[0] != '1') || (len(s) > 1 && s[1] != '.') {
		return 0
	}
	q, unit := int(s[0]-'0')*1000, 100
	for i := 2; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		q += int(s[i]-'0') * unit
		unit /= 10
	}
	return min(q, 1000)
}
