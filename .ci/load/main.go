// Command load asks for one address at a steady rate, whether or not answers
// come in time, and prints the latencies as rate, median, 99th percentile and
// greatest, in milliseconds. A request's time begins when it was due, so that
// an answer that holds up others is counted for each of them.
//
//	load -rate 5000 -for 10s -conns 64 http://127.0.0.1:8080/paser.atom
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

func main() {
	rate := flag.Int("rate", 5000, "requests a second")
	span := flag.Duration("for", 10*time.Second, "how long")
	conns := flag.Int("conns", 64, "connections")
	flag.Parse()
	target, err := url.Parse(flag.Arg(0))
	if err != nil || target.Host == "" {
		log.Fatal("usage: load [flags] URL")
	}
	total := int(span.Seconds() * float64(*rate))
	due := make(chan time.Time, total)
	took := make([][]time.Duration, *conns)
	var g sync.WaitGroup
	for i := range *conns {
		g.Go(func() {
			var err error
			if took[i], err = ask(target, due); err != nil {
				log.Fatal(err)
			}
		})
	}
	began := time.Now()
	for n := 0; n < total; { // in ticks of a millisecond: no timer is finer under load
		for ready := int(time.Since(began).Seconds() * float64(*rate)); n < min(ready, total); n++ {
			due <- began.Add(time.Duration(n) * time.Second / time.Duration(*rate))
		}
		time.Sleep(time.Millisecond)
	}
	close(due)
	g.Wait()
	elapsed := time.Since(began)
	all := slices.Concat(took...)
	slices.Sort(all)
	ms := func(q float64) float64 { return all[int(q*float64(len(all)-1))].Seconds() * 1000 }
	fmt.Printf("%.0f %.2f %.2f %.2f\n", float64(len(all))/elapsed.Seconds(), ms(0.5), ms(0.99), ms(1))
}

// ask sends a request over one connection for every due time.
func ask(u *url.URL, due <-chan time.Time) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 64<<10)
	request := fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\n\r\n", u.RequestURI(), u.Host)
	var took []time.Duration
	for at := range due {
		if _, err := conn.Write(request); err != nil {
			return nil, err
		}
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s answers %s", u, resp.Status)
		}
		took = append(took, time.Since(at))
	}
	return took, nil
}
