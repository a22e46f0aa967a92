package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// Format is a form a report is written in.
type Format string

const (
	Table Format = "table"
	CSV   Format = "csv"
	JSON  Format = "json"
	HTML  Format = "html"
)

// Write writes a report.
func Write(w io.Writer, f Format, r *Report) error {
	switch f {
	case CSV:
		return writeCSV(w, r)
	case JSON:
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	case HTML:
		return writeHTML(w, r)
	}
	return writeTable(w, r)
}

// columns of the CSV; docs/reports.md explains them.
var columns = []string{"partner", "entry", "revision", "title", "url", "source", "source_title", "owner", "byline", "channels", "use",
	"permission", "words", "images", "first", "last", "fetched", "pushed"}

func writeCSV(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	for i := range r.Stories {
		s := &r.Stories[i]
		row := []string{s.Partner.ID, s.Entry, strconv.Itoa(s.Revision), s.Title, s.URL, s.Source.ID, s.Source.Title, s.Owner, s.Byline,
			strings.Join(s.Channels, " "), s.Use.String(), s.Permission, strconv.Itoa(s.Words), strconv.Itoa(s.Images),
			s.First.Format(time.RFC3339), s.Last.Format(time.RFC3339), strconv.Itoa(s.Fetched), strconv.Itoa(s.Pushed)}
		for i := range row {
			row[i] = inert(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking words of strangers for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func writeTable(out io.Writer, r *Report) error {
	n := &r.Sums
	fmt.Fprintf(out, "%s, %s: %d stories in %d states; %d full, %d excerpts, %d headlines; %d words, %d images\n\n",
		r.about(), r.Month, n.Stories, n.States, n.Full, n.Excerpt, n.Headline, n.Words, n.Images)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PARTNER\tENTRY\tREV\tTITLE\tSOURCE\tOWNER\tUSE\tPERMISSION\tWORDS\tIMAGES\tFIRST\tLAST\tFETCHED\tPUSHED")
	for i := range r.Stories {
		s := &r.Stories[i]
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\t%d\t%d\n", s.Partner.ID, s.Entry, s.Revision, short(s.Title, 36), s.Source.ID,
			short(s.Owner, 24), s.Use, dash(s.Permission), s.Words, s.Images, s.First.Format("01-02 15:04"), s.Last.Format("01-02 15:04"), s.Fetched, s.Pushed)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(r.Notices) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	return WriteNotices(out, r.Notices)
}

// WriteNotices writes notices as a table.
func WriteNotices(out io.Writer, list []Notice) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NOTICE\tWHEN\tENTRY\tTITLE\tSOURCE\tPARTNER\tHAD REVISIONS\tSENT\tFETCHED SINCE")
	for i := range list {
		n := &list[i]
		for _, p := range n.Partners {
			var had []string
			for _, rev := range p.Revisions {
				had = append(had, strconv.Itoa(rev))
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", n.Kind, moment(n.When), n.Entry, short(n.Title, 36), n.Source.ID, p.ID,
				strings.Join(had, " "), moment(p.Sent), moment(p.Fetched))
		}
	}
	return w.Flush()
}

// about is whose report it is.
func (r *Report) about() string {
	switch {
	case r.Partner != nil && r.Source != nil:
		return r.Source.Title + " → " + r.Partner.Title
	case r.Partner != nil:
		return r.Partner.Title
	case r.Source != nil:
		return r.Source.Title
	}
	return r.Site
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format("2006-01-02 15:04")
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func short(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}
