package parse

import (
	"math"
	"strconv"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// maxCorners bounds the corners of one shape.
const maxCorners = 1000

// places reads GeoRSS simple and GML, W3C geo and ICBM.
func (x extensions) places(it *sources.Item) {
	where := extensions{x.r, ext.Extensions{}}
	for _, list := range [][]ext.Extension{x.all("georss", "where"), x.all("media", "location")} {
		for _, w := range list {
			if inner := w.Children["georss.where"]; len(inner) > 0 {
				w = inner[0]
			}
			where.m = ext.Extensions{"gml": bare(w.Children)}
			where.gml(it)
		}
	}
	x.gml(it)
	for _, v := range x.texts("georss", "point") {
		x.point(it, v, axes{})
	}
	for _, kind := range [...]string{"line", "box", "polygon"} {
		for _, v := range x.texts("georss", kind) {
			it.Shapes = appendShape(it.Shapes, kind, v, axes{})
		}
	}
	if lat, long := x.first("geo", "lat"), x.first("geo", "long", "lon"); lat != "" && long != "" {
		x.point(it, lat+" "+long, axes{})
	}
	for _, p := range x.all("geo", "point") {
		x.point(it, x.r.child(p, "lat")+" "+firstOf(x.r.child(p, "long"), x.r.child(p, "lon")), axes{})
	}
	if lat, long := x.first("icbm", "latitude"), x.first("icbm", "longitude"); lat != "" && long != "" {
		x.point(it, lat+" "+long, axes{})
	}
}

// bare takes the prefix off children that have another than their parent.
func bare(children map[string][]ext.Extension) map[string][]ext.Extension {
	out := make(map[string][]ext.Extension, len(children))
	for name, list := range children {
		name = strings.TrimPrefix(name, "gml.")
		out[name] = append(out[name], list...)
	}
	return out
}

// gml reads the geometries of GML that GeoRSS has.
func (x extensions) gml(it *sources.Item) {
	for _, g := range x.all("gml", "point") {
		c := bare(g.Children)
		if f, ok := x.r.axes(g, c["pos"]); ok {
			for _, name := range [...]string{"pos", "coordinates"} {
				for _, p := range c[name] {
					x.point(it, x.r.str(p.Value), f)
				}
			}
		}
	}
	shape := func(kind string, g ext.Extension) {
		c := bare(g.Children)
		list := c["poslist"]
		if f, ok := x.r.axes(g, list); ok {
			text := ""
			for _, l := range append(list, c["pos"]...) {
				text += " " + x.r.str(l.Value)
			}
			it.Shapes = appendShape(it.Shapes, kind, text, f)
		}
	}
	for _, g := range x.all("gml", "linestring") {
		shape("line", g)
	}
	for _, g := range x.all("gml", "polygon") {
		for _, e := range bare(g.Children)["exterior"] {
			for _, ring := range bare(e.Children)["linearring"] {
				ring.Attrs = merged(g.Attrs, ring.Attrs)
				shape("polygon", ring)
			}
		}
	}
	for _, g := range x.all("gml", "envelope") {
		c := bare(g.Children)
		if f, ok := x.r.axes(g, nil); ok {
			it.Shapes = appendShape(it.Shapes, "box", x.r.child(ext.Extension{Children: c}, "lowercorner")+" "+x.r.child(ext.Extension{Children: c}, "uppercorner"), f)
		}
	}
}

func merged(outer, own map[string]string) map[string]string {
	out := make(map[string]string, len(outer)+len(own))
	for k, v := range outer {
		out[k] = v
	}
	for k, v := range own {
		out[k] = v
	}
	return out
}

// axes is how coordinates are written.
type axes struct {
	eastFirst bool // longitude first (OGC CRS84)
	three     bool // with a height
}

// axes reads srsName and srsDimension, of the geometry or of its positions;
// false for a reference system that isn't WGS 84.
func (r *reading) axes(g ext.Extension, positions []ext.Extension) (axes, bool) {
	all := append([]ext.Extension{g}, positions...)
	var f axes
	for _, e := range all {
		f.three = f.three || r.attr(e, "srsdimension") == "3"
		switch srs := strings.ToUpper(r.attr(e, "srsname")); {
		case srs == "" || strings.HasSuffix(srs, "4326"):
		case strings.HasSuffix(srs, "4979"):
			f.three = true
		case strings.HasSuffix(srs, "CRS84"):
			f.eastFirst = true
		default:
			r.warn.add("unknown-reference-system", -1, "a place in %s is not read", clip([]byte(srs)))
			return f, false
		}
	}
	return f, true
}

func (x extensions) point(it *sources.Item, v string, f axes) {
	if ps := coordinates(v, f); len(ps) == 1 {
		it.Points = append(it.Points, ps[0])
	}
}

func appendShape(list []sources.Shape, kind, v string, f axes) []sources.Shape {
	ps := coordinates(v, f)
	if len(ps) < 2 || kind == "polygon" && len(ps) < 4 || kind == "box" && len(ps) != 2 {
		return list
	}
	return append(list, sources.Shape{Kind: kind, Points: ps})
}

// coordinates reads pairs of numbers, latitude first; nothing where one of them
// is none, or lies outside of the world.
func coordinates(v string, f axes) (out []sources.Point) {
	words := strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' || r == '\t' || r == '\r' })
	step := 2
	if f.three {
		step = 3
	}
	if len(words) == 0 || len(words)%step != 0 || len(words)/step > maxCorners {
		return nil
	}
	for i := 0; i < len(words); i += step {
		lat, err1 := strconv.ParseFloat(words[i], 64)
		long, err2 := strconv.ParseFloat(words[i+1], 64)
		if f.eastFirst {
			lat, long = long, lat
		}
		if err1 != nil || err2 != nil || math.Abs(lat) > 90 || math.Abs(long) > 180 || math.IsNaN(lat) || math.IsNaN(long) {
			return nil
		}
		out = append(out, sources.Point{Latitude: lat, Longitude: long})
	}
	return out
}
