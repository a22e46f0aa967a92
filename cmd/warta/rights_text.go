package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/render"
	"warta/feed/rights"
)

// permissionReport says of a permission where in its period it stands.
func permissionReport(cfg *config.Config, p *feed.Permission, now time.Time) permissionView {
	v := permissionView{ID: p.ID, Use: p.Use, Audience: p.Audience, Basis: p.Basis, GrantedBy: p.GrantedBy, Document: p.Document,
		From: orNull(p.From), Until: orNull(p.Until), InForce: p.Runs(now), Soon: p.Ending(now), grant: p}
	days := int(math.Ceil(p.Until.Sub(now).Hours() / 24))
	switch {
	case now.Before(p.From):
		v.state = feed.Bilingual{ID: "belum mulai berlaku", EN: "not in force yet"}
	case !v.InForce:
		v.state = feed.Bilingual{ID: "sudah berakhir", EN: "ended"}
	case v.Soon:
		v.state = feed.Bilingual{ID: fmt.Sprintf("berlaku, BERAKHIR dalam %d hari", days), EN: fmt.Sprintf("in force, ENDS within %s", count(days, "day"))}
	default:
		v.state = feed.Bilingual{ID: "berlaku", EN: "in force"}
	}
	if why, ok := restsFor(cfg, p); ok && v.InForce {
		v.state.ID, v.state.EN = v.state.ID+"; "+why.ID, v.state.EN+"; "+why.EN
	}
	return v
}

// restsFor says whom a permission in force does not reach as they are
// commercial.
func restsFor(cfg *config.Config, p *feed.Permission) (feed.Bilingual, bool) {
	if p.Reaches(true) {
		return feed.Bilingual{}, false
	}
	if cfg.Policy.Commercial {
		return feed.Bilingual{ID: "tidak dipakai, karena situs ini komersial", EN: "without effect, as this site is commercial"}, true
	}
	var names []string
	for i := range cfg.Partners {
		if m := &cfg.Partners[i]; !m.Noncommercial && p.Audience != feed.Public && p.Audience.Includes(m.Audience()) {
			names = append(names, m.ID)
		}
	}
	list := strings.Join(names, ", ")
	return feed.Bilingual{ID: "tidak dipakai untuk mitra komersial: " + list, EN: "without effect for commercial partners: " + list}, len(names) > 0
}

// soonOver are the permissions that end soon.
func soonOver(cfg *config.Config, now time.Time) (list []permissionView) {
	for _, p := range rights.Ending(cfg.Permissions, now) {
		list = append(list, permissionReport(cfg, &p, now))
	}
	return list
}

// ending says which permissions end soon, and which rest.
func ending(cfg *config.Config, now time.Time) (lines []string) {
	for _, p := range rights.Ending(cfg.Permissions, now) {
		lines = append(lines, fmt.Sprintf("permission %s for %s ends on %s; renew it, or less is shown from then on",
			p.ID, p.Source, p.Until.In(cfg.TimeZone).Format("2006-01-02 15:04 MST")))
	}
	return append(lines, resting(cfg, now)...)
}

// resting says which permissions are in force and without effect here.
func resting(cfg *config.Config, now time.Time) (lines []string) {
	for i := range cfg.Permissions {
		p := &cfg.Permissions[i]
		if why, ok := restsFor(cfg, p); ok && p.Runs(now) {
			lines = append(lines, fmt.Sprintf("permission %s for %s excludes commerce and is %s; see site.commercial and a partner's commercial", p.ID, p.Source, why.EN))
		}
	}
	return lines
}

// useWord is what people call a use.
func useWord(u feed.Use, language string) string {
	if language != "id" {
		return u.String()
	}
	return map[feed.Use]string{feed.None: "tidak ada", feed.Headline: "judul", feed.Excerpt: "kutipan", feed.Full: "seluruh teks"}[u]
}

// audienceOf is whom a partner stands for; nil is everybody.
func audienceOf(p *feed.Partner) feed.Audience {
	if p == nil {
		return feed.Public
	}
	return p.Audience()
}

// forWhom says for which partner a decision is, "" for everybody.
func forWhom(p *feed.Partner, language string, now time.Time) string {
	switch {
	case p == nil:
		return ""
	case !p.InForce(now):
		return feed.Bilingual{ID: "Kontrak mitra " + p.ID + " tidak sedang berlaku; mitra ini melihat yang dilihat semua orang:",
			EN: "The contract of the partner " + p.ID + " does not run now; it sees what everybody sees:"}.In(language) + "\n"
	}
	return feed.Bilingual{ID: "Untuk mitra " + p.ID + ", dalam kanal yang tercakup kontraknya:", EN: "For the partner " + p.ID + ", in the channels of its contract:"}.In(language) + "\n"
}

// audienceText says for whom a permission is.
func audienceText(a feed.Audience, language string) string {
	say := feed.Bilingual.In
	switch a {
	case feed.Public:
		return say(feed.Bilingual{ID: "untuk semua orang", EN: "for everybody"}, language)
	case feed.Partners:
		return say(feed.Bilingual{ID: "untuk semua mitra", EN: "for all partners"}, language)
	}
	var names []string
	for _, one := range a.Each() {
		names = append(names, one.Partner())
	}
	whom := feed.Bilingual{ID: "untuk mitra ", EN: "for the partner "}
	if len(names) > 1 {
		whom.EN = "for the partners "
	}
	return say(whom, language) + feed.Listed(names, language)
}

// permissionText is a permission in one sentence.
func permissionText(p *feed.Permission, zone *time.Location, language string) string {
	id := language == "id"
	in := func(i, e string) string { return feed.Bilingual{ID: i, EN: e}.In(language) }
	s := fmt.Sprintf("%s: %s %s; %s: %s", p.ID, useWord(p.Use, language), audienceText(p.Audience, language), in("dasar", "basis"), render.BasisName(p.Basis, language))
	if p.GrantedBy != "" {
		s += in(", diberikan oleh ", ", granted by ") + p.GrantedBy
	}
	if p.Article != "" {
		s += ", " + p.Article
	}
	if p.Document != "" {
		s += " (" + p.Document + ")"
	}
	if p.Images {
		s += ", " + in("termasuk gambar", "with images")
	}
	if p.Enclosures {
		s += ", " + in("termasuk berkas", "with files")
	}
	for _, x := range [...]struct {
		said   bool
		id, en string
	}{
		{p.Abridging == feed.Yes, "boleh diringkas", "may be abridged"},
		{p.Abridging == feed.No, "tidak boleh diringkas", "not to be abridged"},
		{p.Commerce == feed.No, "hanya untuk situs nonkomersial", "for non-commercial sites only"},
		{p.Indexing, "boleh diindeks mesin pencari", "may be indexed by search engines"},
		{p.PerDay > 0, fmt.Sprintf("paling banyak %d entri per hari", p.PerDay), "at most " + entries(p.PerDay) + " a day"},
	} {
		if x.said {
			s += ", " + in(x.id, x.en)
		}
	}
	if !p.From.IsZero() {
		s += ", " + in("sejak", "since") + " " + p.From.In(zone).Format(time.DateOnly)
	}
	if !p.Until.IsZero() { // the day before the midnight at which it ends
		s += ", " + in("sampai dengan", "up to and including") + " " + p.Until.In(zone).Add(-time.Second).Format(time.DateOnly)
	} else if id {
		s += ", tanpa batas waktu"
	} else {
		s += ", without end"
	}
	return s
}

// text explains a source to a person.
func (r *sourceRights) text(language string, zone *time.Location, whom string) string {
	var b strings.Builder
	say := func(id, en string, args ...any) {
		fmt.Fprintf(&b, feed.Bilingual{ID: id, EN: en}.In(language)+"\n", args...)
	}
	fmt.Fprintf(&b, "%s  %s  %s\n\n", r.Source, r.Title, r.Feed)
	if r.Limit != nil {
		say("Pengelola menetapkan paling banyak: %s.", "The operator's limit: %s.", useWord(*r.Limit, language))
	} else {
		say("Pengelola tidak menetapkan batas untuk sumber ini; bila pemilik diam, paling banyak: %s.",
			"The operator set no limit for this source; where the owner is silent, at most: %s.", useWord(r.Default, language))
	}
	if len(r.Permissions) == 0 {
		say("Tidak ada izin yang tercatat.", "No permission is recorded.")
	} else {
		say("Izin yang tercatat:", "Recorded permissions:")
	}
	for _, p := range r.Permissions {
		fmt.Fprintf(&b, "– %s: %s\n", permissionText(p.grant, zone, language), p.state.In(language))
	}
	b.WriteString("\n" + whom)
	say("Entri: %d", "Entries: %d", r.Entries)
	uses := slices.Clone(r.Uses)
	slices.SortStableFunc(uses, func(x, y useView) int {
		return cmp.Or(cmp.Compare(y.Use, x.Use), cmp.Compare(y.Entries, x.Entries), cmp.Compare(x.Rule, y.Rule))
	})
	for _, u := range uses {
		fmt.Fprintf(&b, "%6d  %-12s  %s (%s)\n", u.Entries, useWord(u.Use, language), feed.Bilingual{ID: u.ID, EN: u.EN}.In(language), u.Rule)
	}
	if r.Waiting > 0 {
		say("%d menunggu redaksi: warta review", "%d wait for an editor: warta review", r.Waiting)
	}
	return b.String()
}
