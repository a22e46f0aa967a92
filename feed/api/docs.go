package api

import (
	"bytes"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"warta/feed/render"
)

// docsText explains the API to people. It needs no script and nothing from
// elsewhere.
const docsText = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>API · {{.Title}}</title>
<main>
<h1>API · {{.Title}}</h1>
<p lang="id">Antarmuka bagi program: kanal, berita dengan saringan, satu berita beserta riwayat dan haknya, dan pemakaian mitra sendiri. Tanpa token yang terbaca ialah yang boleh dibaca semua orang.</p>
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}<p>Described for programs by <a href="openapi.json">openapi.json</a> (OpenAPI 3.1). Errors are problem details (RFC 9457).</p>
{{range .Operations}}<section id="{{.ID}}">
<h2>{{.Summary}}</h2>
<p><code>GET {{.URL}}</code></p>
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}{{if .Parameters}}<table>
<thead><tr><th scope="col">parameter</th><th scope="col">in</th><th scope="col">is</th></tr></thead>
<tbody>{{range .Parameters}}<tr><th scope="row"><code>{{.Name}}</code></th><td>{{.In}}</td><td>{{.Text}}</td></tr>
{{end}}</tbody></table>
{{end}}<h3>Answer</h3>
<ul>{{range .Fields}}<li><code>{{.Name}}</code> {{.Text}}</li>
{{end}}</ul>
</section>
{{end}}</main>
</html>
`

type docsOperation struct {
	ID, URL, Summary   string
	Paragraphs         []string
	Parameters, Fields []docsField
}

type docsField struct{ Name, In, Text string }

// docsPage makes the page from the description that programs read, so that the
// two can't differ.
func docsPage(o *huma.OpenAPI) http.HandlerFunc {
	view := struct {
		Title      string
		Paragraphs []string
		Operations []docsOperation
	}{Title: o.Info.Title, Paragraphs: strings.Split(o.Info.Description, "\n\n")}
	for _, path := range slices.Sorted(maps.Keys(o.Paths)) {
		op := o.Paths[path].Get
		one := docsOperation{ID: op.OperationID, URL: o.Servers[0].URL + path, Summary: op.Summary, Paragraphs: strings.Split(op.Description, "\n\n")}
		for _, p := range op.Parameters {
			text := p.Description
			if p.Schema.Minimum != nil && p.Schema.Maximum != nil {
				text += fmt.Sprintf(" From %v to %v.", *p.Schema.Minimum, *p.Schema.Maximum)
			}
			if p.Schema.Default != nil {
				text += fmt.Sprintf(" Without it %v.", p.Schema.Default)
			}
			one.Parameters = append(one.Parameters, docsField{p.Name, p.In, text})
		}
		one.Fields = fieldsOf(o, op.Responses["200"].Content["application/json"].Schema, "", 0)
		view.Operations = append(view.Operations, one)
	}
	var page bytes.Buffer
	text, err := template.New("docs").Parse(docsText)
	if err == nil {
		err = text.Execute(&page, view)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if err != nil {
			problem(w, http.StatusInternalServerError, "Something went wrong on our side.")
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", render.CSP)
		w.Write(page.Bytes()) //nolint:errcheck // the client may have left
	}
}

// fieldsOf lists the members of an answer, those of members with a dot.
func fieldsOf(o *huma.OpenAPI, s *huma.Schema, before string, depth int) []docsField {
	if s.Ref != "" {
		s = o.Components.Schemas.SchemaFromRef(s.Ref)
	}
	if s.Items != nil {
		return fieldsOf(o, s.Items, before+"[].", depth)
	}
	if depth > 4 {
		return nil
	}
	var list []docsField
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		member := s.Properties[name]
		text := member.Description
		if text == "" && member.Ref != "" {
			text = o.Components.Schemas.SchemaFromRef(member.Ref).Description
		}
		full := strings.TrimSuffix(before, ".")
		if full != "" {
			full += "."
		}
		list = append(list, docsField{Name: full + name, Text: text})
		list = append(list, fieldsOf(o, member, full+name, depth+1)...)
	}
	return list
}
