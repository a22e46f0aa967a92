package evidence

import "warta/sources"

var (
	// releaseLine says when a text may be published, without a word of an
	// embargo: “Rilis ini baru boleh dimuat mulai …”, “For release at …”, “Hold
	// for release until …”. It counts only with a moment that can be read.
	releaseLine = lazy(`^\W{0,4}(?:(?:berita|rilis|naskah|siaran\s+pers)\s+ini\s+(?:baru\s+|hanya\s+)?(?:boleh|dapat|bisa)\s+di(?:siarkan|publikasikan|terbitkan|muat|beritakan|tayangkan|sebarluaskan|kutip)\s+(?:mulai|setelah|sesudah|pada|per|sejak)?|(?:hold\s+)?for\s+(?:release|publication|broadcast)\s*(?::|on|at|after|until|from|not\s+before)|hold\s+until)\s*(.*)$`)
	// timeStarts is where a date or time of day begins.
	timeStarts = lazy(`\b(?:pukul|jam|pkl|senin|selasa|rabu|kamis|jumat|sabtu|minggu|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d`)
)

// releaseTime finds the moment from which a line says that its text may be
// published.
func releaseTime(low string, it *sources.Item) (string, bool) {
	m := releaseLine().FindStringSubmatch(low)
	if m == nil || !fullDate().MatchString(m[1]) || !timeOfDay().MatchString(m[1]) {
		return "", false
	}
	_, readable := untilOf(m[1], it)
	return m[1], readable
}

// fromTime cuts what stands before a time.
func fromTime(s string) string {
	if at := timeStarts().FindStringIndex(s); at != nil {
		return s[at[0]:]
	}
	return s
}
