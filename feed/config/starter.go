package config

import _ "embed"

//go:embed starter.yaml
var starter string

// Starter is the configuration that warta init writes: complete, with every
// key explained, and in force as it stands.
func Starter() []byte { return []byte(starter) }
