package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestInspectKeepsItsContract runs inspect --json over the demo's sites and,
// where they are present, over all captured feeds: each prints a document of
// the schema in docs/, or an error that names the file; none hangs.
func TestInspectKeepsItsContract(t *testing.T) {
	var root schema
	b, err := os.ReadFile("../../docs/inspect.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &root); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("demo/*.xml")
	captured, _ := filepath.Glob("../../../shared/data/open/feeds/*")
	if len(captured) == 0 {
		t.Log("captured feeds are not here (../shared/data): only the demo's are inspected")
	}
	read, refused := 0, 0
	for _, file := range append(files, captured...) {
		if strings.HasSuffix(file, ".json") && strings.Contains(file, ".expect.") || strings.HasSuffix(file, ".tsv") {
			continue
		}
		out, err := inspectFile(t, file)
		if err != nil {
			refused++
			if !strings.Contains(err.Error(), file) {
				t.Errorf("%s: the error does not name the file: %v", file, err)
			}
			continue
		}
		read++
		var v json.RawMessage = out
		if err := root.check("$", v, &root); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	t.Logf("%d documents read, %d refused with a reason", read, refused)
}

func inspectFile(t *testing.T, file string) ([]byte, error) {
	var out bytes.Buffer
	a := &app{ctx: t.Context(), out: &out, err: &out, env: func(string) (string, bool) { return "", false }, now: time.Now, config: "none.yaml"}
	began := time.Now()
	c := &inspectCmd{Target: file, JSON: true, Base: "http://origin.example/feed"}
	err := c.Run(a)
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("%s took %v", file, took)
	}
	return out.Bytes(), err
}

// schema is the part of JSON Schema 2020-12 that docs/inspect.schema.json uses.
type schema struct {
	Ref        string            `json:"$ref"`
	Defs       map[string]schema `json:"$defs"`
	Type       oneOrMany         `json:"type"`
	Enum       []string          `json:"enum"`
	Required   []string          `json:"required"`
	Properties map[string]schema `json:"properties"`
	Closed     *bool             `json:"additionalProperties"`
	Items      *schema           `json:"items"`
}

type oneOrMany []string

func (l *oneOrMany) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*l = oneOrMany{one}
		return nil
	}
	var many []string
	err := json.Unmarshal(b, &many)
	*l = many
	return err
}

func kindOf(raw json.RawMessage) string {
	switch raw = bytes.TrimSpace(raw); {
	case len(raw) == 0:
		return "nothing"
	case raw[0] == '{':
		return "object"
	case raw[0] == '[':
		return "array"
	case raw[0] == '"':
		return "string"
	case raw[0] == 't', raw[0] == 'f':
		return "boolean"
	case raw[0] == 'n':
		return "null"
	}
	if bytes.ContainsAny(raw, ".eE") {
		return "number"
	}
	return "integer"
}

func (s *schema) check(at string, raw json.RawMessage, root *schema) error {
	if s.Ref != "" {
		def, ok := root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
		if !ok {
			return fmt.Errorf("%s: the schema has no %s", at, s.Ref)
		}
		return def.check(at, raw, root)
	}
	kind := kindOf(raw)
	if len(s.Type) > 0 && !slices.Contains(s.Type, kind) && !(kind == "integer" && slices.Contains(s.Type, "number")) {
		return fmt.Errorf("%s is %s, want %v", at, kind, s.Type)
	}
	if len(s.Enum) > 0 {
		var v string
		if json.Unmarshal(raw, &v) != nil || !slices.Contains(s.Enum, v) {
			return fmt.Errorf("%s is %s, want one of %v", at, raw, s.Enum)
		}
	}
	switch kind {
	case "array":
		return s.checkList(at, raw, root)
	case "object":
		return s.checkObject(at, raw, root)
	}
	return nil
}

func (s *schema) checkList(at string, raw json.RawMessage, root *schema) error {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil || s.Items == nil {
		return err
	}
	for i, v := range list {
		if err := s.Items.check(fmt.Sprintf("%s[%d]", at, i), v, root); err != nil {
			return err
		}
	}
	return nil
}

func (s *schema) checkObject(at string, raw json.RawMessage, root *schema) error {
	var obj map[string]json.RawMessage
	if err := json.Unmarshal(raw, &obj); err != nil {
		return err
	}
	for _, name := range s.Required {
		if _, ok := obj[name]; !ok {
			return fmt.Errorf("%s lacks %q", at, name)
		}
	}
	for name, v := range obj {
		p, ok := s.Properties[name]
		if !ok {
			if s.Closed != nil && !*s.Closed {
				return fmt.Errorf("%s has %q, which the schema does not know", at, name)
			}
			continue
		}
		if err := p.check(at+"."+name, v, root); err != nil {
			return err
		}
	}
	return nil
}
