package parse

import (
	"fmt"
	"strings"
	"testing"

	"warta/sources"
)

// TestPlaces: every way in which feeds say where a story is.
func TestPlaces(t *testing.T) {
	const ns = `xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" ` +
		`xmlns:icbm="http://postneo.com/icbm/" xmlns:media="http://search.yahoo.com/mrss/"`
	cases := []struct{ markup, want string }{
		{`<georss:point>-1.9 116.2</georss:point>`, "point -1.9,116.2"},
		{`<georss:point> -1.9,
		116.2 </georss:point>`, "point -1.9,116.2"},
		{`<georss:point>-1.9 116.2</georss:point><georss:point>-1.8 116.1</georss:point>`, "point -1.9,116.2 point -1.8,116.1"},
		{`<geo:lat>-1.9</geo:lat><geo:long>116.2</geo:long>`, "point -1.9,116.2"},
		{`<geo:Point><geo:lat>-1.9</geo:lat><geo:long>116.2</geo:long></geo:Point>`, "point -1.9,116.2"},
		{`<icbm:latitude>-1.9</icbm:latitude><icbm:longitude>116.2</icbm:longitude>`, "point -1.9,116.2"},
		{`<georss:where><gml:Point><gml:pos>-1.9 116.2</gml:pos></gml:Point></georss:where>`, "point -1.9,116.2"},
		{`<gml:Point><gml:pos>-1.9 116.2</gml:pos></gml:Point>`, "point -1.9,116.2"},
		{`<georss:where><gml:Point srsDimension="3"><gml:pos>-1.9 116.2 12</gml:pos></gml:Point></georss:where>`, "point -1.9,116.2"},
		{`<georss:where><gml:Point srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>116.2 -1.9</gml:pos></gml:Point></georss:where>`, "point -1.9,116.2"},
		{`<georss:where><gml:Point srsName="EPSG:4326"><gml:pos>-1.9 116.2</gml:pos></gml:Point></georss:where>`, "point -1.9,116.2"},
		{`<georss:where><gml:Point srsName="EPSG:32750"><gml:pos>9790000 410000</gml:pos></gml:Point></georss:where>`, ""},
		{`<media:location><georss:where><gml:Point><gml:pos>-1.9 116.2</gml:pos></gml:Point></georss:where></media:location>`, "point -1.9,116.2"},
		{`<georss:line>-1.9 116.2 -1.8 116.1</georss:line>`, "line -1.9,116.2 -1.8,116.1"},
		{`<georss:box>-2 116 -1 117</georss:box>`, "box -2,116 -1,117"},
		{`<georss:polygon>-2 116 -1 116 -1 117 -2 116</georss:polygon>`, "polygon -2,116 -1,116 -1,117 -2,116"},
		{`<georss:where><gml:LineString><gml:posList>-1.9 116.2 -1.8 116.1</gml:posList></gml:LineString></georss:where>`, "line -1.9,116.2 -1.8,116.1"},
		{`<georss:where><gml:LineString><gml:pos>-1.9 116.2</gml:pos><gml:pos>-1.8 116.1</gml:pos></gml:LineString></georss:where>`, "line -1.9,116.2 -1.8,116.1"},
		{`<georss:where><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>-2 116 -1 116 -1 117 -2 116</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></georss:where>`,
			"polygon -2,116 -1,116 -1,117 -2,116"},
		{`<georss:where><gml:Envelope><gml:lowerCorner>-2 116</gml:lowerCorner><gml:upperCorner>-1 117</gml:upperCorner></gml:Envelope></georss:where>`, "box -2,116 -1,117"},
		{`<georss:polygon>-2 116 -1 116 -1 117</georss:polygon>`, ""},           // no area
		{`<georss:box>-2 116 -1 117 0 118</georss:box>`, ""},                    // no box
		{`<georss:point>-91 116.2</georss:point>`, ""},                          // not in this world
		{`<georss:point>selatan timur</georss:point>`, ""},                      // no numbers
		{`<georss:line>-1.9 116.2 -1.8</georss:line>`, ""},                      // half a pair
		{`<georss:point>NaN 1</georss:point><georss:point/>`, ""},               // nothing
		{`<geo:lat>-1.9</geo:lat>`, ""},                                         // half a place
		{`<georss:line>` + strings.Repeat("1 2 ", 1001) + `</georss:line>`, ""}, // more corners than a story has
	}
	for _, c := range cases {
		for _, feed := range []string{
			`<rss version="2.0" ` + ns + `><channel><item><guid>1</guid>` + c.markup + `</item></channel></rss>`,
			`<feed xmlns="http://www.w3.org/2005/Atom" ` + ns + `><entry><id>1</id>` + c.markup + `</entry></feed>`,
		} {
			doc := mustParse(t, Input{Body: []byte(feed)})
			if got := spelled(doc.Items[0]); got != c.want {
				t.Errorf("%s:\ngot  %q\nwant %q", c.markup, got, c.want)
			}
		}
	}
}

func spelled(it sources.Item) string {
	var out []string
	for _, p := range it.Points {
		out = append(out, fmt.Sprintf("point %v,%v", p.Latitude, p.Longitude))
	}
	for _, s := range it.Shapes {
		out = append(out, s.Kind)
		for _, p := range s.Points {
			out = append(out, fmt.Sprintf("%v,%v", p.Latitude, p.Longitude))
		}
	}
	return strings.Join(out, " ")
}
