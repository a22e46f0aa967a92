package parse

import (
	"math"
	"strconv"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// points reads GeoRSS simple and GML points, W3C geo and ICBM.
func (x extensions) points() (out []sources.Point) {
	for _, v := range x.texts("georss", "point") {
		out = appendPoint(out, v)
	}
	where := x.all("georss", "where")
	for _, l := range x.all("media", "location") {
		where = append(where[:len(where):len(where)], l.Children["georss.where"]...)
	}
	for _, w := range where {
		points := append(append([]ext.Extension(nil), w.Children["gml.point"]...), w.Children["point"]...)
		for _, p := range points {
			if srs := x.r.attr(p, "srsname"); srs != "" && !strings.HasSuffix(srs, "4326") {
				x.r.warn.add("unknown-reference-system", -1, "a point in %s is not read", clip([]byte(srs)))
				continue
			}
			out = appendPoint(out, x.r.child(p, "pos"))
			out = appendPoint(out, x.r.child(p, "gml.pos"))
			out = appendPoint(out, x.r.child(p, "gml.coordinates"))
		}
	}
	if lat, long := x.first("geo", "lat"), x.first("geo", "long", "lon"); lat != "" && long != "" {
		out = appendPoint(out, lat+" "+long)
	}
	for _, p := range append(append([]ext.Extension(nil), x.all("geo", "point")...), x.all("gml", "point")...) {
		out = appendPoint(out, x.r.child(p, "lat")+" "+x.r.child(p, "long"))
		out = appendPoint(out, x.r.child(p, "pos"))
	}
	if lat, long := x.first("icbm", "latitude"), x.first("icbm", "longitude"); lat != "" && long != "" {
		out = appendPoint(out, lat+" "+long)
	}
	return out
}

func appendPoint(list []sources.Point, v string) []sources.Point {
	f := strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '\r' })
	if len(f) != 2 {
		return list
	}
	lat, err1 := strconv.ParseFloat(f[0], 64)
	long, err2 := strconv.ParseFloat(f[1], 64)
	if err1 != nil || err2 != nil || math.Abs(lat) > 90 || math.Abs(long) > 180 || math.IsNaN(lat) || math.IsNaN(long) {
		return list
	}
	return append(list, sources.Point{Latitude: lat, Longitude: long})
}
