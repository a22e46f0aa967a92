package recheck

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"warta/sources"
	"warta/sources/evidence"
	"warta/sources/fetch"
)

// hostFiles is what a site says for all of its pages, and the licences (RSL)
// that were asked for on this visit.
type hostFiles struct {
	root           string
	mining, robots []byte
	licences       map[string][]byte // by address
}

// The files in which a host speaks of all its pages, and how long each is
// taken to hold.
const (
	miningFile   = "/.well-known/tdmrep.json"
	robotsFile   = "/robots.txt"
	hostFileKeep = 24 * time.Hour
	miningBody   = 64 << 10
	robotsBody   = 512 << 10
	licenceBody  = 256 << 10
	maxLicences  = 3 // documents asked for on one visit to a site
)

// filesOf reads a site's tdmrep.json and robots.txt, each asked for once a day.
func (c *Checker) filesOf(ctx context.Context, s site) (*hostFiles, error) {
	files := &hostFiles{licences: map[string][]byte{}}
	var err error
	if files.mining, err = c.hostFile(ctx, s.root, fetch.Request{URL: s.root + miningFile, Accept: "application/json, */*;q=0.1", Robots: true, MaxBody: miningBody}, "[{"); err != nil {
		return nil, err
	}
	files.robots, err = c.hostFile(ctx, s.root+robotsFile, fetch.Request{URL: s.root + robotsFile, Accept: "text/plain, */*;q=0.1", MaxBody: robotsBody}, "")
	files.root = s.root
	return files, err
}

// say is what the site says of one of its pages.
func (f *hostFiles) say(address string) []sources.Evidence {
	return append(evidence.HostTDM(f.mining, address), evidence.RobotsTxt(f.robots, f.root+robotsFile)...)
}

// licences reads the RSL documents that a page or its site points to: what
// they prohibit is evidence. One that can't be read grants nothing, and the
// pointer to it stays on record.
func (c *Checker) licences(ctx context.Context, found []sources.Evidence, page string, files *hostFiles) (list []sources.Evidence) {
	for i := range found {
		address := found[i].Value
		if found[i].Kind != sources.RSLTerms || !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
			continue
		}
		body, known := files.licences[address]
		if !known {
			if len(files.licences) == maxLicences || c.pause(ctx) != nil {
				continue
			}
			// Not kept being an error of our own: it is asked for the next time.
			body, _ = c.hostFile(ctx, address, fetch.Request{URL: address, Accept: "application/rsl+xml, application/xml;q=0.9, */*;q=0.1", Robots: true, MaxBody: licenceBody}, "<")
			files.licences[address] = body
		}
		list = append(list, evidence.RSLDocument(body, page, ofHost+address)...)
	}
	return list
}

// hostFile asks for a file about a host, at most once a day; in between, and
// while the host is in trouble, what it said last holds. It must begin with
// one of the characters of begin, where there are any.
func (c *Checker) hostFile(ctx context.Context, key string, req fetch.Request, begin string) ([]byte, error) {
	now := c.opt.Now()
	body, fetched, err := c.opt.Keeper.HostFile(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("recalling what %s said: %w", key, err)
	}
	if age := now.Sub(fetched); age >= 0 && age < hostFileKeep {
		return []byte(body), nil
	}
	resp, err := c.opt.Getter.Get(ctx, req)
	var fe *fetch.Error
	switch {
	case err == nil:
		body = ""
		if found := strings.TrimSpace(strings.TrimPrefix(string(resp.Body), "\ufeff")); begin == "" || found != "" && strings.Contains(begin, found[:1]) {
			body = found
		}
	case !errors.As(err, &fe):
		return []byte(body), ctx.Err()
	case fe.Kind == fetch.NotFound, fe.Kind == fetch.Gone, fe.Kind == fetch.Forbidden, fe.Kind == fetch.Robots:
		body = ""
	default:
		return []byte(body), nil // what it said last holds; asked again the next time
	}
	if err := c.opt.Keeper.KeepHostFile(context.WithoutCancel(ctx), key, body, now); err != nil {
		return nil, fmt.Errorf("remembering what %s said: %w", key, err)
	}
	return []byte(body), nil
}
