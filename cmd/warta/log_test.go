package main

import (
	"log/slog"
	"strings"
	"testing"
)

// TestLeastLevel: what a quiet command logs stays quiet, whatever the line is about.
func TestLeastLevel(t *testing.T) {
	var b strings.Builder
	quiet := slog.New(leastLevel{newLogger(&b, "info", "text").Handler(), slog.LevelWarn})
	quiet.Info("one")
	quiet.With("source", "satu").Info("two")
	quiet.WithGroup("g").With("source", "satu").Info("three")
	if b.Len() > 0 {
		t.Errorf("logged: %s", &b)
	}
	quiet.With("source", "satu").Warn("four")
	if !strings.Contains(b.String(), "four") {
		t.Error("a warning is lost")
	}
}
