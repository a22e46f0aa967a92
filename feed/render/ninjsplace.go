package render

import (
	"slices"

	"warta/feed"
	"warta/sources"
)

// ninjsPlaces are the regions of an entry by their codes, and its points, lines,
// boxes and areas as GeoJSON (RFC 7946), which has a longitude first.
func ninjsPlaces(o *object, e *feed.Entry) {
	type place struct {
		region string
		kind   string
		points []sources.Point
	}
	var places []place
	for _, r := range e.Regions {
		places = append(places, place{region: r})
	}
	for _, p := range e.Points {
		if onEarth(p) {
			places = append(places, place{kind: "Point", points: []sources.Point{p}})
		}
	}
	for _, s := range e.Shapes {
		if kind, points := geometry(s); kind != "" {
			places = append(places, place{kind: kind, points: points})
		}
	}
	objects(o, "places", places, func(o *object, p place) {
		o.str("rel", "about")
		o.str("literal", p.region)
		if p.kind == "" {
			return
		}
		o.obj("geoJSON", func(o *object) {
			o.str("type", p.kind)
			o.key("coordinates")
			switch p.kind {
			case "Point":
				o.b = position(o.b, p.points[0])
			case "Polygon": // of one ring
				o.b = append(positions(append(o.b, '['), p.points), ']')
			default:
				o.b = positions(o.b, p.points)
			}
		})
	})
}

// geometry is a shape as GeoJSON names and writes it; empty where it is none
// there. A ring goes around counterclockwise, from a point back to it (section
// 3.1.6); so does a box.
func geometry(s sources.Shape) (kind string, points []sources.Point) {
	points = s.Points
	if slices.ContainsFunc(points, func(p sources.Point) bool { return !onEarth(p) }) {
		return "", nil
	}
	switch s.Kind {
	case "line":
		if len(points) < 2 {
			return "", nil
		}
		return "LineString", points
	case "box":
		if len(points) != 2 {
			return "", nil
		}
		a, b := points[0], points[1]
		points = []sources.Point{a, {Latitude: a.Latitude, Longitude: b.Longitude}, b, {Latitude: b.Latitude, Longitude: a.Longitude}, a}
	case "polygon":
		points = slices.Clone(points)
		if len(points) > 0 && points[0] != points[len(points)-1] {
			points = append(points, points[0])
		}
	default:
		return "", nil
	}
	if len(points) < 4 {
		return "", nil
	}
	if area(points) < 0 {
		points = slices.Clone(points)
		slices.Reverse(points)
	}
	return "Polygon", points
}

// area is twice what a ring encloses, below zero where it goes clockwise.
func area(ring []sources.Point) (sum float64) {
	for i := 1; i < len(ring); i++ {
		sum += ring[i-1].Longitude*ring[i].Latitude - ring[i].Longitude*ring[i-1].Latitude
	}
	return sum
}

func position(b []byte, p sources.Point) []byte {
	b = appendFloat(append(b, '['), p.Longitude)
	return append(appendFloat(append(b, ','), p.Latitude), ']')
}

func positions(b []byte, points []sources.Point) []byte {
	b = append(b, '[')
	for i, p := range points {
		if i > 0 {
			b = append(b, ',')
		}
		b = position(b, p)
	}
	return append(b, ']')
}
