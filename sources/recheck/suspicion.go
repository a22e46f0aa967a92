package recheck

import (
	"fmt"
	"time"

	"warta/sources"
)

// proof is what it takes to believe that a story was withdrawn.
type proof struct {
	times int           // how often its page must say so
	over  time.Duration // over at least how long
	again time.Duration // how long after one such answer the page is asked again
	share int           // at most one in so many of the site's pages may say the same
}

// A 410 and a mark in the title are said on purpose (RFC 9110 section
// 15.5.11); a 404 or a redirect to the home page may be an accident.
var (
	onPurpose = proof{times: 2, over: time.Hour, again: time.Hour, share: 2}
	perhaps   = proof{times: 3, over: 24 * time.Hour, again: 12 * time.Hour, share: 4}
)

func proofOf(s sources.Suspicion) proof {
	if s == sources.PageGone || s == sources.PageMarked {
		return onPurpose
	}
	return perhaps
}

// few is how many suspected pages never count as trouble of the whole site, as
// long as its home page is well.
const few = 2

// lately is the time over which the pages of a site are compared.
const lately = 8 * 24 * time.Hour

// doubt adds one more sign to a page's suspicion. Signs of the same weight add
// up; one of another weight begins anew.
func doubt(st *sources.PageState, s sources.Suspicion, now time.Time) {
	if st.Suspicion == sources.Unsuspected || proofOf(st.Suspicion) != proofOf(s) || st.Since.After(now) {
		st.Times, st.Since = 0, now
	}
	st.Suspicion = s
	st.Times++
}

// acquit ends a suspicion.
func acquit(st *sources.PageState) {
	st.Suspicion, st.Times, st.Since = sources.Unsuspected, 0, time.Time{}
}

// pardoned reports whether a page goes on saying what was overruled when its
// story was shown again: that it is away, in whichever way, or the mark.
func pardoned(st *sources.PageState, s sources.Suspicion) bool {
	return st.Pardoned != sources.Unsuspected && (st.Pardoned == sources.PageMarked) == (s == sources.PageMarked)
}

// proved reports whether a suspicion was confirmed often and long enough.
func proved(st *sources.PageState, now time.Time) bool {
	need := proofOf(st.Suspicion)
	return st.Suspicion != sources.Unsuspected && st.Times >= need.times && now.Sub(st.Since) >= need.over
}

// nextProof is when a suspected page is asked again: soon, until it could be
// believed, then ever less often, and in the end never.
func nextProof(p *sources.Page, now time.Time) time.Time {
	need := proofOf(p.State.Suspicion)
	more := p.State.Times - need.times
	if more >= mostFailures {
		return time.Time{}
	}
	wait := min(need.again<<max(0, min(more, 8)), longestRetry)
	return now.Add(jitter(p.Key, now, wait))
}

// siteWide says why a suspicion is not believed although it was confirmed: too
// many of the site's pages look the same.
func siteWide(s sources.Suspicion, answered, suspect int) string {
	if suspect <= few || suspect*proofOf(s).share <= answered {
		return ""
	}
	return fmt.Sprintf("%d of the %d pages of the source that answered lately look withdrawn, which is taken for trouble of the site", suspect, answered)
}
