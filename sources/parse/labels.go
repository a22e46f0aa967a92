package parse

import (
	"strconv"
	"strings"
)

// otherLabel gives a registered name for one that no registry has: documents
// are written by programs that spell encodings in their own way.
func otherLabel(label string) string {
	c := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, label)
	if rest, ok := strings.CutPrefix(c, "iso8859"); ok {
		if n := len(rest); n > 4 { // with the year of the standard
			rest = rest[:n-4]
		}
		return "iso-8859-" + rest
	}
	for _, prefix := range [...]string{"windows", "win", "cp", "ms", "ibm", ""} {
		if rest, ok := strings.CutPrefix(c, prefix); ok {
			if n, err := strconv.Atoi(rest); err == nil {
				return codePage(n)
			}
		}
	}
	for _, p := range prefixes {
		if strings.HasPrefix(c, p[0]) {
			return p[1]
		}
	}
	return ""
}

// codePage names a code page of Microsoft's or IBM's.
func codePage(n int) string {
	switch n {
	case 874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258:
		return "windows-" + strconv.Itoa(n)
	case 932, 943:
		return "shift_jis"
	case 936:
		return "gbk"
	case 949:
		return "euc-kr"
	case 950:
		return "big5"
	case 37, 500:
		return "ibm037"
	case 65001:
		return "utf-8"
	}
	return "ibm" + strconv.Itoa(n)
}

// prefixes of names, letters and digits only; the first that fits counts.
var prefixes = [][2]string{
	{"utf8", "utf-8"}, {"unicode", "utf-8"}, {"ansi", "windows-1252"}, {"ascii", "us-ascii"}, {"usascii", "us-ascii"}, {"iso646", "us-ascii"},
	{"latin7", "iso-8859-13"}, {"latin8", "iso-8859-14"}, {"latin9", "iso-8859-15"}, {"latin10", "iso-8859-16"},
	{"latin1", "iso-8859-1"}, {"latin2", "iso-8859-2"}, {"l7", "iso-8859-13"}, {"l8", "iso-8859-14"}, {"l9", "iso-8859-15"},
	{"isoceltic", "iso-8859-14"}, {"asmo708", "iso-8859-6"}, {"ecma114", "iso-8859-6"}, {"elot928", "iso-8859-7"}, {"ecma118", "iso-8859-7"},
	{"isoir127", "iso-8859-6"}, {"isoir126", "iso-8859-7"}, {"isoir138", "iso-8859-8"}, {"isoir144", "iso-8859-5"},
	{"isoir100", "iso-8859-1"}, {"isoir101", "iso-8859-2"}, {"isoir109", "iso-8859-3"}, {"isoir110", "iso-8859-4"}, {"isoir157", "iso-8859-10"},
	{"isoir199", "iso-8859-14"}, {"isoir226", "iso-8859-16"}, {"isoir166", "windows-874"}, {"tis620", "windows-874"}, {"thai", "windows-874"},
	{"shiftjis", "shift_jis"}, {"sjis", "shift_jis"}, {"mskanji", "shift_jis"}, {"xmacjapanese", "shift_jis"},
	{"eucjp", "euc-jp"}, {"eucjis", "euc-jp"}, {"ujis", "euc-jp"}, {"jisx0213", "euc-jp"}, {"iso2022jp", "iso-2022-jp"}, {"csiso2022jp", "iso-2022-jp"},
	{"euckr", "euc-kr"}, {"ksc5601", "euc-kr"}, {"ksx1001", "euc-kr"}, {"uhc", "euc-kr"}, {"xmackorean", "euc-kr"},
	{"big5", "big5"}, {"hkscs", "big5"}, {"xmactradchinese", "big5"},
	{"gb18030", "gb18030"}, {"gb2312", "gbk"}, {"gbk", "gbk"}, {"euccn", "gbk"}, {"eucgb2312", "gbk"}, {"isoir58", "gbk"}, {"xmacsimpchinese", "gbk"},
	{"koi8u", "koi8-u"}, {"koi8", "koi8-r"}, {"maccyrillic", "x-mac-cyrillic"}, {"macroman", "macintosh"},
}
