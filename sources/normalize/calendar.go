package normalize

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed calendar.tsv
var calendarFile string

// halves of the day, and days told from today.
const (
	halfAM uint8 = iota + 1
	halfPM
	halfNoon  // siang: from ten to three
	halfNight // malam: from six on
	dayToday
	dayYesterday
)

// local marks words that only Indonesian and the languages beside it write so.
const localWord = 16

// calendar holds the words of calendar.tsv, all in lower case.
type calendar struct {
	months   map[string]uint8 // 1…12, perhaps with localWord
	weekdays map[string]uint8 // 0…6 from Sunday, perhaps with localWord
	others   map[string]uint8 // halves of the day, today, yesterday
	units    map[string]string
	past     map[string]string // a unit that says itself that it is past
	numbers  map[string]int
	ago      map[string]bool
	fillers  map[string]bool
}

var dateWords = sync.OnceValue(func() *calendar {
	c := &calendar{
		months: make(map[string]uint8, 1600), weekdays: make(map[string]uint8, 900), others: make(map[string]uint8, 100),
		units: make(map[string]string, 900), past: map[string]string{}, numbers: make(map[string]int, 200), ago: map[string]bool{}, fillers: map[string]bool{},
	}
	halves := map[string]uint8{"am": halfAM, "pm": halfPM, "noon": halfNoon, "night": halfNight}
	for row := range strings.Lines(calendarFile) {
		f := strings.Split(strings.TrimRight(row, "\n"), "\t")
		if len(f) != 3 || row[0] == '#' {
			continue
		}
		for w := range strings.FieldsSeq(f[2]) {
			switch f[0] {
			case "month":
				c.months[w] = uint8(atoi(f[1]))
			case "bulan":
				c.months[w] = uint8(atoi(f[1])) | localWord
			case "day":
				c.weekdays[w] = uint8(atoi(f[1]))
			case "hari":
				c.weekdays[w] = uint8(atoi(f[1])) | localWord
			case "half":
				c.others[w] = halves[f[1]]
			case "today":
				c.others[w] = dayToday
			case "yesterday":
				c.others[w] = dayYesterday
			case "unit":
				c.units[w] = f[1]
			case "past":
				c.past[w] = f[1]
			case "number":
				c.numbers[w] = atoi(f[1])
			case "ago":
				c.ago[w] = true
			case "filler":
				c.fillers[w] = true
			}
		}
	}
	return c
})
