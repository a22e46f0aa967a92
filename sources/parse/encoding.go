package parse

import (
	"bytes"
	"cmp"
	"mime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// toUTF8 finds what the bytes are written in and returns them as valid UTF-8
// with the name of what they were. A byte order mark says it best, then the
// HTTP charset, then the document's own declaration (RFC 7303 section 3); but
// bytes that can only be UTF-8 are UTF-8, and bytes that can't be are not,
// whatever was declared.
func toUTF8(b []byte, contentType string, warn *warnings) ([]byte, string, error) {
	if out, name, err := byMark(b, warn); out != nil || err != nil {
		return out, name, err
	}
	declared, stated := declaredEncoding(b), httpCharset(contentType)
	if bytes.IndexByte(b, '\x1b') >= 0 && bytes.Contains(b, []byte("\x1b$B")) && isASCII(b) { // ISO-2022-JP, which is ASCII to the eye
		stated = "iso-2022-jp"
	}
	valid := utf8.Valid(b)
	for _, label := range []string{stated, declared} {
		if label == "" {
			continue
		}
		enc, name := lookup(label)
		switch {
		case enc == nil:
			warn.add("unknown-encoding", 0, "encoding %q is not known", clip([]byte(label)))
		case name == "utf-8":
			if valid {
				return b, name, nil
			}
			if mostlyUTF8(b) {
				return repairUTF8(b, warn), name, nil
			}
			warn.add("encoding-mismatch", 0, "said to be UTF-8, but isn't")
		case strings.HasPrefix(name, "utf-"):
			warn.add("encoding-mismatch", 0, "said to be %s, but isn't", name)
		case valid && !isASCII(b) || ebcdic(name):
			warn.add("encoding-mismatch", 0, "said to be %s, but is UTF-8", name)
		case valid && name != "iso-2022-jp" && name != "hz-gb-2312":
			return b, name, nil
		default:
			if out, err := enc.NewDecoder().Bytes(b); err == nil && !garbled(out) {
				warn.blind = true
				return out, name, nil
			}
			warn.add("encoding-mismatch", 0, "said to be %s, but isn't", name)
		}
	}
	if valid {
		return b, "utf-8", nil
	}
	if mostlyUTF8(b) {
		return repairUTF8(b, warn), "utf-8", nil
	}
	return detect(b, warn)
}

// byMark reads byte order marks, and the look of "<?" in wide encodings and
// EBCDIC (XML 1.0 appendix F). It returns nil where there is nothing to see.
func byMark(b []byte, warn *warnings) ([]byte, string, error) {
	has := func(s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }
	var enc encoding.Encoding
	var name string
	switch {
	case has("\xEF\xBB\xBF"):
		warn.shift += 3
		b = b[3:]
		if !utf8.Valid(b) {
			b = repairUTF8(b, warn)
		}
		return b, "utf-8", nil
	case has("\xFF\xFE\x00\x00"), has("<\x00\x00\x00"):
		enc, name = utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "utf-32le"
		if b[0] == '<' {
			enc = utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
		}
	case has("\x00\x00\xFE\xFF"), has("\x00\x00\x00<"):
		enc, name = utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be"
	case has("\xFF\xFE"), has("<\x00") && len(b) > 3 && b[3] == 0, has("{\x00"):
		enc, name = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"
	case has("\xFE\xFF"), has("\x00<\x00"), has("\x00{"):
		enc, name = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be"
	case has("\x4C\x6F\xA7\x94"):
		enc, name = ebcdicEncoding(b)
	default:
		return nil, "", nil
	}
	warn.blind = true
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return nil, "", &Error{Code: CodeUnreadable, Message: "reading it as " + name, Err: err}
	}
	return bytes.TrimPrefix(out, []byte("\uFEFF")), name, nil
}

// ebcdicEncoding reads the declaration in the code page that all EBCDICs share
// and then the document in the one it names.
func ebcdicEncoding(b []byte) (encoding.Encoding, string) {
	head, err := charmap.CodePage037.NewDecoder().Bytes(b[:min(len(b), 200)])
	if err == nil {
		if enc, name := lookup(declaredEncoding(head)); enc != nil && ebcdic(name) {
			return enc, name
		}
	}
	return charmap.CodePage037, "ibm037"
}

func ebcdic(name string) bool {
	switch name {
	case "ibm037", "ibm1047", "ibm01140":
		return true
	}
	return false
}

// declaredEncoding reads <?xml encoding="…"?>, also where white space or junk
// precedes it.
func declaredEncoding(b []byte) string {
	head := b[:min(len(b), 1024)]
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	head = head[i+5:]
	if i := bytes.IndexByte(head, '>'); i >= 0 {
		head = head[:i]
	}
	v, _ := attributes{head}.find("encoding")
	return strings.ToLower(strings.TrimSpace(string(bytes.TrimRight(v, "?"))))
}

func httpCharset(contentType string) string {
	if !strings.Contains(contentType, "=") {
		return ""
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		_, after, _ := strings.Cut(strings.ToLower(contentType), "charset=")
		after, _, _ = strings.Cut(after, ";")
		return strings.Trim(after, " '\"")
	}
	return strings.ToLower(strings.TrimSpace(strings.Trim(params["charset"], "'\"")))
}

func lookup(label string) (encoding.Encoding, string) {
	if label == "" || len(label) > 64 {
		return nil, ""
	}
	if enc, name := registered(label); enc != nil {
		return enc, name
	}
	return registered(otherLabel(label))
}

func registered(label string) (encoding.Encoding, string) {
	if label == "" {
		return nil, ""
	}
	if enc, name := charset.Lookup(label); enc != nil && name != "replacement" {
		return enc, name
	}
	switch {
	case strings.HasPrefix(label, "hz"):
		return simplifiedchinese.HZGB2312, "hz-gb-2312"
	case strings.HasPrefix(label, "utf-32") || strings.HasPrefix(label, "utf32") || strings.Contains(label, "ucs-4"):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "utf-32"
	}
	enc, err := ianaindex.IANA.Encoding(label)
	if err != nil || enc == nil {
		return nil, ""
	}
	name, err := ianaindex.IANA.Name(enc)
	if err != nil {
		return nil, ""
	}
	return enc, strings.ToLower(name)
}

// detect guesses the encoding of bytes that are not UTF-8 and that nobody, or
// nobody rightly, named.
func detect(b []byte, warn *warnings) ([]byte, string, error) {
	warn.blind = true
	sample := b[:min(len(b), 64<<10)]
	if results, err := chardet.NewHtmlDetector().DetectAll(sample); err == nil {
		// It asks side by side and gives ties in any order; we must read the
		// same bytes the same way every time.
		slices.SortFunc(results, func(a, b chardet.Result) int {
			return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Charset, b.Charset), cmp.Compare(a.Language, b.Language))
		})
		for _, r := range results {
			enc, name := lookup(strings.ToLower(r.Charset))
			if enc == nil || strings.HasPrefix(name, "utf-") || ebcdic(name) || strings.HasPrefix(name, "ibm") {
				continue
			}
			if out, err := enc.NewDecoder().Bytes(b); err == nil && !garbled(out) {
				warn.add("encoding-guessed", -1, "the encoding was not declared; read as %s", name)
				return out, name, nil
			}
		}
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return nil, "", &Error{Code: CodeUnreadable, Offset: -1, Message: "no encoding fits the document", Err: err}
	}
	warn.add("encoding-guessed", -1, "the encoding was not declared; read as windows-1252")
	return out, "windows-1252", nil
}
