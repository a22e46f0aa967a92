package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"warta/feed/config"
)

type initCmd struct {
	File string `arg:"" optional:"" placeholder:"FILE" help:"File to write; the one --config names by default."`
}

func (initCmd) Help() string {
	return `Writes a configuration with every key explained, ready to run. A file that is there already is left alone.

Example:
  warta init && warta add https://pemkab.example.id/`
}

func (c *initCmd) Run(a *app) error {
	path := c.File
	if path == "" {
		path = a.config
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already and was left alone; name another file: warta init FILE", path)
	}
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	_, err = f.Write(config.Starter())
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	_, err = fmt.Fprintf(a.out, "wrote %s; add your first source with: warta --config %s add URL\n", path, path)
	return err
}
