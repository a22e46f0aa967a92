package parse

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads testdata: repair holds one broken document for each repair,
// read one document for each dialect with all that we carry. The reading
// stands beside each.
func TestGolden(t *testing.T) {
	for _, dir := range []string{"repair", "read"} {
		files, err := filepath.Glob(filepath.Join("testdata", dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, ".golden") {
				continue
			}
			t.Run(dir+"/"+filepath.Base(file), func(t *testing.T) {
				body, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				doc, err := Parse(context.Background(), Input{Body: body, URL: "https://kabar.example/feed/index.xml"})
				if err != nil {
					t.Fatal(err)
				}
				got := dump(t, doc)
				if *update {
					if err := os.WriteFile(file+".golden", got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file + ".golden")
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("reading differs from %s.golden:\n%s", file, firstDifference(string(got), string(want)))
				}
			})
		}
	}
}

// dump writes a value as JSON without what is empty in it.
func dump(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var x any
	if err := json.Unmarshal(b, &x); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(slim(x)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func slim(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if k == "Fingerprints" || k == "Fingerprint" {
				delete(v, k)
				continue
			}
			if x = slim(x); x == nil {
				delete(v, k)
			} else {
				v[k] = x
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = slim(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" || v == "0001-01-01T00:00:00Z" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			line := ""
			if i < len(w) {
				line = w[i]
			}
			return "got  " + g[i] + "\nwant " + line
		}
	}
	return "the golden file is longer"
}
