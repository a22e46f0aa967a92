package render

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"warta/sources"
)

// Lines, boxes and areas arrive in ninjs as GeoJSON: a longitude first, rings
// closed and counterclockwise; what is no place on earth is left out.
func TestNinjsPlaces(t *testing.T) {
	p := func(latitude, longitude float64) sources.Point {
		return sources.Point{Latitude: latitude, Longitude: longitude}
	}
	s := typical(1)
	s.Entry.Regions, s.Entry.Points = []string{"64.01"}, []sources.Point{p(-1.5, 116), p(95, 0)}
	s.Entry.Shapes = []sources.Shape{
		{Kind: "line", Points: []sources.Point{p(-1.9, 116.2), p(-1.8, 116.3)}},
		{Kind: "box", Points: []sources.Point{p(-2, 116), p(-1, 117)}},
		{Kind: "polygon", Points: []sources.Point{p(0, 0), p(1, 0), p(1, 1)}}, // open and clockwise
		{Kind: "polygon", Points: []sources.Point{p(0, 0), p(1, 0)}},
		{Kind: "line", Points: []sources.Point{p(0, 0)}},
		{Kind: "line", Points: []sources.Point{p(0, 0), p(0, 200)}},
		{Kind: "circle", Points: []sources.Point{p(0, 0), p(1, 1)}},
	}
	b, err := Fragment(Ninjs, s, testSite)
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Places json.RawMessage }
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	const want = `[{"rel":"about","literal":"64.01"},{"rel":"about","geoJSON":{"type":"Point","coordinates":[116,-1.5]}},` +
		`{"rel":"about","geoJSON":{"type":"LineString","coordinates":[[116.2,-1.9],[116.3,-1.8]]}},` +
		`{"rel":"about","geoJSON":{"type":"Polygon","coordinates":[[[116,-2],[117,-2],[117,-1],[116,-1],[116,-2]]]}},` +
		`{"rel":"about","geoJSON":{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[0,0]]]}}]`
	if string(got.Places) != want {
		t.Errorf("places are\n%s, want\n%s", got.Places, want)
	}
	var w bytes.Buffer
	if err := Document(&w, Ninjs, testHead.as(Ninjs), [][]byte{b}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "places.ninjs.json")
	if err := os.WriteFile(path, w.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	schemas, py := testData(t, "schemas/ninjs"), python(t)
	if exec.Command(py, "-c", "import jsonschema").Run() != nil {
		missing(t, "python3-jsonschema is not installed")
	}
	run(t, py, "testdata/readers.py", "ninjs", schemas, path)
}
