package render

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"warta/sources"
)

// Documents that say what is gone are what their formats demand, with entries
// beside it and without any; the id is the one that the entry had there.
func TestGone(t *testing.T) {
	foreign := typical(7).Entry
	foreign.OriginalID, foreign.Attribution.GUID = "berita <77> & lagi", "berita <77> & lagi"
	foreign.Attribution.IDFrom = sources.IDFromFeed
	odd := typical(8).Entry
	odd.OriginalID = " dengan\nbaris\x01 "
	head := testHead
	wanted := map[Format][]string{
		Atom:  {`ref="` + AtomID(&foreign) + `"`, `ref="` + AtomID(&odd) + `"`},
		RSS:   {`ref="berita &lt;77&gt; &amp; lagi"`, `ref="` + AtomID(&odd) + `"`},
		JSON:  {`"id":"berita <77> & lagi"`, `"when":"2025-06-18T03:30:00Z"`},
		Ninjs: {`"pubStatus":"withheld"`, `"value":"berita <77> & lagi"`},
	}
	head.Gone = []Gone{GoneOf(&foreign, day(18, 3)), GoneOf(&odd, day(18, 3))}
	dir := t.TempDir()
	files := make(map[Format][]string)
	for f, wants := range wanted {
		var fragments [][]byte
		for n := range 2 {
			var b bytes.Buffer
			if err := Document(&b, f, head.as(f), fragments); err != nil {
				t.Fatal(err)
			}
			for _, w := range wants {
				if !bytes.Contains(b.Bytes(), []byte(w)) {
					t.Errorf("%s lacks %s:\n%s", f, w, b.Bytes())
				}
			}
			path := filepath.Join(dir, string(rune('a'+n))+f.Extension())
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			files[f] = append(files[f], path)
			one, err := Fragment(f, typical(1), testSite)
			if err != nil {
				t.Fatal(err)
			}
			fragments = append(fragments, one)
		}
	}
	run(t, tool(t, "xmllint"), append([]string{"--noout", "--nonet"}, append(files[Atom], files[RSS]...)...)...)
	for _, path := range files[Atom] {
		run(t, tool(t, "jing"), "-c", testData(t, "atom-rfc4287.rnc"), path)
	}
	py := python(t)
	if exec.Command(py, "-c", "import jsonschema").Run() != nil {
		missing(t, "python3-jsonschema is not installed")
	}
	run(t, py, append([]string{"testdata/readers.py", "ninjs", testData(t, "schemas/ninjs")}, files[Ninjs]...)...)
}
