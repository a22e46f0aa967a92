// Command warta reads feeds from files, cold, and prints the CPU seconds that
// parsing and normalizing them took: its ROUNDS FILE… are those of the command
// beside it that does the same with Miniflux.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strconv"
	"syscall"
	"time"

	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/parse"
)

func main() {
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	bodies := make([][]byte, len(os.Args)-2)
	for i, name := range os.Args[2:] {
		if bodies[i], err = os.ReadFile(name); err != nil {
			log.Fatal(err)
		}
	}
	now, before := time.Now(), cpu()
	for range rounds {
		for _, body := range bodies {
			doc, err := parse.Parse(context.Background(), parse.Input{Body: body, URL: "http://127.0.0.1/feed.xml"})
			if err != nil {
				log.Fatal(err)
			}
			normalize.Document(doc, normalize.Options{Source: sources.Source{ID: "bench"}, Now: now})
			if len(doc.Items) == 0 {
				log.Fatal("a feed without entries measures nothing")
			}
		}
	}
	fmt.Printf("%.4f\n", cpu()-before)
}

func cpu() float64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		log.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano()).Seconds()
}
