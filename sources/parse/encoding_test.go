package parse

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func encode(t *testing.T, enc encoding.Encoding, s string) string {
	t.Helper()
	b, err := enc.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// feedWith is a small feed with a title and, if any, a declaration.
func feedWith(declared, title string) string {
	head := `<?xml version="1.0"?>`
	if declared != "" {
		head = `<?xml version="1.0" encoding="` + declared + `"?>`
	}
	return head + `<rss version="2.0"><channel><item><guid>1</guid><title>` + title + `</title></item></channel></rss>`
}

func TestEncodings(t *testing.T) {
	const latin, long = "Café – “kutip”", "Kabar dari Café Kölner Straße: garçon, señor, über alles, naïve Façade, déjà vu, crème brûlée"
	russian := strings.Repeat("Новости сегодня: погода и спорт, события дня в городе. ", 4)
	utf16le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	tests := []struct {
		name, contentType, body string
		want, encoding, warning string
	}{
		{"UTF-8", "", feedWith("utf-8", latin), latin, "utf-8", ""},
		{"UTF-8 with mark", "", "\ufeff" + feedWith("", latin), latin, "utf-8", ""},
		{"mark against declaration", "", "\ufeff" + feedWith("iso-8859-1", latin), latin, "utf-8", ""},
		{"UTF-16 little, mark", "", "\xff\xfe" + encode(t, utf16le, feedWith("utf-16", latin)), latin, "utf-16le", ""},
		{"UTF-16 big, mark", "", "\xfe\xff" + encode(t, utf16be, feedWith("utf-16", latin)), latin, "utf-16be", ""},
		{"UTF-16 little, no mark", "", encode(t, utf16le, feedWith("utf-16", latin)), latin, "utf-16le", ""},
		{"UTF-16 big, no mark", "", encode(t, utf16be, feedWith("", latin)), latin, "utf-16be", ""},
		{"UTF-32 little, mark", "", encode(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), feedWith("utf-32", latin)), latin, "utf-32le", ""},
		{"UTF-32 big, no mark", "", encode(t, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), feedWith("utf-32", latin)), latin, "utf-32be", ""},
		{"EBCDIC", "", encode(t, charmap.CodePage037, feedWith("ebcdic-cp-us", "Kabar")), "Kabar", "ibm037", ""},
		{"declared latin", "", encode(t, charmap.ISO8859_1, feedWith("iso-8859-1", "Café")), "Café", "windows-1252", ""},
		{"HTTP charset", "text/xml; charset=koi8-r", encode(t, charmap.KOI8R, feedWith("", "Новости")), "Новости", "koi8-r", ""},
		{"HTTP charset before declaration", "text/xml; charset=windows-1251", encode(t, charmap.Windows1251, feedWith("iso-8859-1", "Новости")), "Новости", "windows-1251", ""},
		{"wrong HTTP charset, right declaration", "text/xml; charset=utf-8", encode(t, charmap.Windows1252, feedWith("windows-1252", long)), long, "windows-1252", "encoding-mismatch"},
		{"said to be latin, is UTF-8", "", feedWith("iso-8859-1", latin), latin, "utf-8", "encoding-mismatch"},
		{"said to be UTF-16, is UTF-8", "", feedWith("utf-16", latin), latin, "utf-8", "encoding-mismatch"},
		{"unknown name", "", feedWith("klingon", latin), latin, "utf-8", "unknown-encoding"},
		{"Shift JIS", "", encode(t, japanese.ShiftJIS, feedWith("shift_jis", "ニュース")), "ニュース", "shift_jis", ""},
		{"ISO-2022-JP", "", encode(t, japanese.ISO2022JP, feedWith("iso-2022-jp", "ニュース")), "ニュース", "iso-2022-jp", ""},
		{"GB 2312", "", encode(t, simplifiedchinese.GBK, feedWith("gb2312", "新闻")), "新闻", "gbk", ""},
		{"Big5", "", encode(t, traditionalchinese.Big5, feedWith("big5", "新聞")), "新聞", "big5", ""},
		{"undeclared Russian", "", encode(t, charmap.Windows1251, feedWith("", russian)), strings.TrimSpace(russian), "windows-1251", "encoding-guessed"},
		{"undeclared Latin", "", encode(t, charmap.Windows1252, feedWith("", long)), long, "windows-1252", "encoding-guessed"},
		{"some bytes of windows-1252", "", feedWith("utf-8", "Café – \x93kutip\x94"), latin, "utf-8", "invalid-utf8"},
		{"encoded twice", "", feedWith("utf-8", "CafÃ© â€“ â€œbaru"), "Café – “baru", "utf-8", "double-encoded"},
		{"C1 controls", "", feedWith("utf-8", "don\u0092t"), "don’t", "utf-8", "control-character"},
		{"gzip", "", zip(t, feedWith("utf-8", latin)), latin, "utf-8", "unannounced-gzip"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := mustParse(t, Input{Body: []byte(tt.body), ContentType: tt.contentType})
			if len(doc.Items) != 1 || doc.Items[0].Title.Value != tt.want {
				t.Fatalf("read %+v, want %q", doc.Items, tt.want)
			}
			if doc.Encoding != tt.encoding {
				t.Errorf("encoding %q, want %q", doc.Encoding, tt.encoding)
			}
			found := tt.warning == "" && len(doc.Warnings) == 0
			for _, w := range doc.Warnings {
				found = found || w.Code == tt.warning
			}
			if !found {
				t.Errorf("warnings %v, want %q", doc.Warnings, tt.warning)
			}
		})
	}
}

func zip(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLabels: encodings by the names that programs give them.
func TestLabels(t *testing.T) {
	for label, want := range map[string]string{
		"windows-1251": "windows-1251", "windows_1251": "windows-1251", "1251": "windows-1251", "cp-1251": "windows-1251", "win1251": "windows-1251",
		"iso8859_2": "iso-8859-2", "iso_8859_2_1987": "iso-8859-2", "iso-8859-2": "iso-8859-2", "latin9": "iso-8859-15", "l7": "iso-8859-13",
		"s_jis": "shift_jis", "ms932": "shift_jis", "932": "shift_jis", "sjis-win": "shift_jis", "euc_jis_2004": "euc-jp", "ujis": "euc-jp",
		"iso2022jp": "iso-2022-jp", "iso_2022_jp_1": "iso-2022-jp", "hz": "hz-gb-2312", "hz_gb_2312": "hz-gb-2312", "euccn": "gbk", "gb2312_80": "gbk",
		"gb18030_2000": "gb18030", "big5_hkscs": "big5", "cp950": "big5", "uhc": "euc-kr", "ks_x_1001": "euc-kr", "949": "euc-kr", "tis_620": "windows-874",
		"koi8_r": "koi8-r", "mac_roman": "macintosh", "mac-cyrillic": "x-mac-cyrillic", "utf8mb4": "utf-8", "utf_8": "utf-8", "65001": "utf-8",
		"cp037": "ibm037", "cp437": "ibm437", "bukan-nama": "", "": "", "\x00": "", "iso8859": "", "99999999999999999999": "",
	} {
		if _, got := lookup(label); got != want {
			t.Errorf("%q is %q, not %q", label, got, want)
		}
	}
	const title = "地域のニュース"
	for _, declared := range []string{"", "utf-8", "iso-2022-jp"} { // ASCII to the eye
		doc := mustParse(t, Input{Body: []byte(encode(t, japanese.ISO2022JP, feedWith(declared, title)))})
		if got := doc.Items[0].Title.Value; got != title {
			t.Errorf("declared %q: %q", declared, got)
		}
	}
}
