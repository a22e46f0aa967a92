package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"warta/feed"
)

//go:embed page.html
var pageSource string

// page is what the template is filled with.
type page struct {
	R                         *Report
	W                         *words
	About, Heading, Month     string
	Contact                   string
	Deliveries                int
	DaysChart, SharesChart    template.HTML
	SharesTitle               string
	ShowSources, ShowPartners bool
}

// maxBars is how many sources or partners the chart has room for.
const maxBars = 12

func writeHTML(out io.Writer, r *Report) error {
	w := wordsFor(r.Language)
	t, err := template.New("report").Funcs(template.FuncMap{
		"n": w.number, "moment": w.moment, "brief": w.brief, "lower": strings.ToLower,
		"use":     func(u int) string { return w.Uses[feed.Use(u)] },
		"usename": func(u feed.Use) string { return w.Uses[u] },
		"kind": func(k string) string {
			if name := w.Kinds[k]; name != "" {
				return name
			}
			return k
		},
		"basis": func(s string) string {
			if name := w.Bases[feed.Basis(s)]; name != "" {
				return name
			}
			return s
		},
		"by": func(s string) string {
			if s == "operator" {
				return w.ByOperator
			}
			return w.ByOrigin
		},
	}).Parse(pageSource)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	p := page{
		R: r, W: w, About: r.about(), Month: w.month(r.Month), Contact: r.Contact, Deliveries: r.Sums.Fetched + r.Sums.Pushed,
		ShowSources: r.Source == nil, ShowPartners: r.Partner == nil,
	}
	p.Heading = w.ForSource + " " + p.About
	if r.Source == nil {
		p.Heading = w.ForPartner + " " + p.About
	}
	p.DaysChart = columnsChart(w.StoriesPerDay, dayBars(r.Days))
	list, title := r.Sources, w.PerSource
	if r.Source != nil {
		list, title = r.Partners, w.PerPartner
	}
	if p.SharesTitle = title; len(list) > 1 {
		p.SharesChart = rowsChart(title, shareBars(list))
	}
	if err := t.Execute(out, p); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func dayBars(days []Day) []bar {
	var bars []bar
	for _, d := range days {
		bars = append(bars, bar{strings.TrimLeft(d.Day[len(d.Day)-2:], "0"), d.Stories})
	}
	return bars
}

func shareBars(list []Share) []bar {
	var bars []bar
	for i, s := range list {
		if i == maxBars {
			break
		}
		bars = append(bars, bar{s.Title, s.Stories})
	}
	return bars
}
