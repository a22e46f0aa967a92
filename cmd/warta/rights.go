package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/render"
	"warta/feed/rights"
	"warta/sources"
)

type rightsCmd struct {
	Target   string `arg:"" name:"entry|url|source" help:"An entry by its id, address or original id; or the id of a source."`
	Language string `placeholder:"id|en" help:"Language of the sentences (default: the site's)."`
	Partner  string `placeholder:"ID" help:"Say what this partner is shown in the channels of its contract, instead of everybody."`
	JSON     bool   `name:"json" help:"Print it as JSON, in both languages."`
}

func (rightsCmd) Help() string {
	return `Says in sentences what is shown of an entry to everybody, or to one partner, and why, quoting the words it rests on; or, of a source, what the operator and the recorded permissions say, which are in force, which end within 30 days, and how many of its entries are shown how, by what decided. The table of rules is in docs/rights.md.

Examples:
  warta rights https://pemkab.example.id/berita/1
  warta rights pemkab --language en
  warta rights https://pemkab.example.id/berita/1 --partner portal
  warta rights k3xq2mzu7yb5w4ha --json | jq '.reasons[].rule'`
}

func (c *rightsCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	var partner *feed.Partner
	if c.Partner != "" {
		p, err := partnerNamed(cfg, c.Partner)
		if err != nil {
			return err
		}
		partner = &p
	}
	if src, ok := cfg.Source(c.Target); ok {
		rep, err := sourceReport(a, cfg, st, src, partner)
		if err != nil {
			return err
		}
		if c.JSON {
			return a.printJSON(rep)
		}
		_, err = fmt.Fprint(a.out, rep.text(speech(c.Language, cfg), cfg.TimeZone, forWhom(partner, speech(c.Language, cfg), a.now())))
		return err
	}
	e, err := entryNamed(a.ctx, cfg, st, c.Target)
	if errors.Is(err, feed.ErrNotFound) {
		return fmt.Errorf("%w; nor is it a source of %s", err, cfg.Path)
	}
	if err != nil {
		return err
	}
	d := decideFor(cfg, &e, partner, a.now())
	d.Until = inZone(d.Until, cfg.TimeZone)
	if c.JSON {
		return a.printJSON(entryReport(&e, d, cfg.Policy, audienceOf(partner)))
	}
	_, err = fmt.Fprint(a.out, entryText(&e, d, cfg, speech(c.Language, cfg), forWhom(partner, speech(c.Language, cfg), a.now())))
	return err
}

// entryRights is what rights --json prints of an entry.
type entryRights struct {
	Entry      string         `json:"entry"`
	Source     string         `json:"source"`
	OriginalID string         `json:"original_id"`
	Title      string         `json:"title"`
	URL        string         `json:"url"`
	Revision   int            `json:"revision"`
	Audience   feed.Audience  `json:"audience"`
	Use        feed.Use       `json:"use"`
	MaxChars   int            `json:"max_chars,omitempty"`
	Whole      bool           `json:"whole,omitempty"`
	Images     bool           `json:"images"`
	Enclosures bool           `json:"enclosures"`
	Hold       bool           `json:"hold"`
	License    string         `json:"license,omitempty"`
	Permission string         `json:"permission,omitempty"`
	Until      *time.Time     `json:"until"`
	Reasons    []reasonView   `json:"reasons"`
	Evidence   []evidenceView `json:"evidence"`
	Pictures   []pictureView  `json:"pictures,omitempty"`
	Notice     *feed.Notice   `json:"notice"`
	Desk       *feed.Desk     `json:"desk"`
	ID         string         `json:"id"`
	EN         string         `json:"en"`
}

// pictureView is what is said of one picture.
type pictureView struct {
	URL       string `json:"url"`
	Credit    string `json:"credit,omitempty"`
	Copyright string `json:"copyright,omitempty"`
	License   string `json:"license,omitempty"`
	Forbidden string `json:"forbidden,omitempty"`
}

// imagesOf are the pictures of an entry, each once.
func imagesOf(e *feed.Entry) []sources.Image {
	list := slices.Clone(e.Media)
	if e.Image != nil && !slices.ContainsFunc(list, func(m sources.Image) bool { return m.URL == e.Image.URL }) {
		list = append([]sources.Image{*e.Image}, list...)
	}
	return list
}

type reasonView struct {
	Rule     string   `json:"rule"`
	Most     feed.Use `json:"most"`
	ID       string   `json:"id"`
	EN       string   `json:"en"`
	Evidence string   `json:"evidence,omitempty"`
	Where    string   `json:"where,omitempty"`
}

func entryReport(e *feed.Entry, d feed.Decision, policy feed.Policy, audience feed.Audience) entryRights {
	r := entryRights{
		Entry: e.ID, Source: e.Source, OriginalID: e.OriginalID, Title: e.Title, URL: e.Attribution.URL, Revision: e.Revision, Audience: audience,
		Use: d.Use, MaxChars: d.MaxChars, Whole: d.Whole, Images: d.Images, Enclosures: d.Enclosures, Hold: d.Hold,
		License: d.License, Permission: d.Permission, Until: orNull(d.Until), Reasons: []reasonView{}, Evidence: []evidenceView{},
		Notice: e.Notice, Desk: e.Desk, ID: rights.Explain(d, "id"), EN: rights.Explain(d, "en"),
	}
	for _, x := range d.Reasons {
		v := reasonView{Rule: x.Rule, Most: x.Most, ID: x.Text.ID, EN: x.Text.EN}
		if x.Evidence != nil {
			v.Evidence, v.Where = x.Evidence.Text, x.Evidence.Where
		}
		r.Reasons = append(r.Reasons, v)
	}
	for i := range e.Evidence {
		r.Evidence = append(r.Evidence, evidenceOf(&e.Evidence[i], policy))
	}
	for _, m := range imagesOf(e) {
		r.Pictures = append(r.Pictures, pictureView{URL: m.URL, Credit: m.Credit, Copyright: m.Copyright, License: m.License, Forbidden: m.Deny})
	}
	return r
}

// entryText explains an entry to a person.
func entryText(e *feed.Entry, d feed.Decision, cfg *config.Config, language, whom string) string {
	var b strings.Builder
	say := func(id, en string, args ...any) {
		fmt.Fprintf(&b, feed.Bilingual{ID: id, EN: en}.In(language)+"\n", args...)
	}
	fmt.Fprintf(&b, "%s\n", e.Title)
	fmt.Fprintf(&b, "%s  %s  %s\n\n", e.ID, e.Source, e.Attribution.URL)
	if n := e.Notice; n != nil {
		noticeText(n, say, cfg.TimeZone)
	}
	b.WriteString(whom)
	fmt.Fprintln(&b, rights.Explain(d, language))
	if d.Images {
		say("Gambar ditampilkan bila menyebut kredit atau lisensinya.", "Images are shown where they carry a credit or licence.")
	} else if d.Use > feed.None {
		say("Gambar tidak ditampilkan.", "Images are not shown.")
	}
	if p := permission(cfg, d.Permission); p != nil {
		b.WriteString("– " + permissionText(p, cfg.TimeZone, language) + "\n")
	}
	if k := e.Desk; k != nil && k.Verdict != "" {
		word := verdictWords[k.Verdict]
		say("Keputusan redaksi: "+word.ID+", oleh %s pada %s: %s", "The desk: "+word.EN+", by %s on %s: %s", k.By, k.At.In(cfg.TimeZone).Format("2006-01-02 15:04"), k.Note)
	}
	if k := e.Desk; k != nil && k.Withdrawn != nil {
		say("Dicabut di sini oleh %s.", "Withdrawn here by %s.", k.WithdrawnBy)
	}
	if len(e.Evidence) > 0 {
		say("\nBukti, kata demi kata:", "\nThe evidence, verbatim:")
	}
	for i := range e.Evidence {
		ev := &e.Evidence[i]
		at := ""
		if !ev.At.IsZero() {
			at = ev.At.In(cfg.TimeZone).Format("2006-01-02 15:04") + " "
		}
		use := rights.Most(*ev, cfg.Policy)
		most := feed.Bilingual{ID: "paling banyak ", EN: "at most "}.In(language) + useWord(use, language)
		if use == feed.None {
			most = feed.Bilingual{ID: "tidak boleh ditampilkan", EN: "nothing may be shown"}.In(language)
		}
		switch {
		case ev.Kind == sources.NoImage: // it limits the pictures alone
			most = feed.Bilingual{ID: "gambar tidak ditampilkan", EN: "no image is shown"}.In(language)
		case rights.Carried(*ev, cfg.Policy): // which would read as leave
			most = feed.Bilingual{ID: "diteruskan; bukan izin dan bukan batas", EN: "passed on; neither leave nor limit"}.In(language)
		}
		say("  %s: “%s” (%s): %s [%s%s]", "  %s: “%s” (%s): %s [%s%s]", ev.Kind, shorten(ev.Text, 300), feed.Whereabouts(ev.Where, language), most, at, ev.Hash())
	}
	pictures := imagesOf(e)
	if len(pictures) > 0 {
		say("\nGambar:", "\nPictures:")
	}
	for _, m := range pictures {
		line := "  " + m.URL
		for _, x := range [...]struct{ id, en, said string }{{"kredit", "credit", m.Credit}, {"hak cipta", "copyright", m.Copyright}, {"lisensi", "licence", m.License}, {"dilarang", "forbidden", m.Deny}} {
			if x.said != "" {
				line += fmt.Sprintf("; %s: “%s”", feed.Bilingual{ID: x.id, EN: x.en}.In(language), shorten(x.said, 200))
			}
		}
		if m.Credit+m.Copyright+m.License == "" {
			line += "; " + feed.Bilingual{ID: "tanpa kredit atau lisensi: tidak ditampilkan", EN: "no credit and no licence: not shown"}.In(language)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// verdictWords are what an editor did.
var verdictWords = map[feed.Verdict]feed.Bilingual{
	feed.Released: {ID: "dilepas", EN: "released"}, feed.Held: {ID: "ditahan", EN: "held"}, feed.Dropped: {ID: "tidak dimuat", EN: "dropped"},
}

// inZone is a time as clocks there have it; zero stays zero.
func inZone(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}

func noticeText(n *feed.Notice, say func(id, en string, args ...any), zone *time.Location) {
	when := n.When.In(zone).Format("2006-01-02 15:04")
	switch n.Kind {
	case feed.Withdrawal:
		if n.By == "operator" {
			say("Dicabut oleh pengelola pada %s: %s", "Withdrawn by the operator on %s: %s", when, n.Reason)
			return
		}
		say("Dicabut oleh media asalnya pada %s: %s", "Withdrawn by its outlet on %s: %s", when, n.Reason)
	default:
		say(render.NoticeName(n.Kind, "id")+", %s: %s", render.NoticeName(n.Kind, "en")+", %s: %s", when, n.Reason)
	}
}

func permission(cfg *config.Config, id string) *feed.Permission {
	for i := range cfg.Permissions {
		if cfg.Permissions[i].ID == id && id != "" {
			return &cfg.Permissions[i]
		}
	}
	return nil
}
