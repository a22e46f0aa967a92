package deliver

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// A hub elsewhere is told until it heard, ever less often, for three days.
func TestPing(t *testing.T) {
	b := newBench(t)
	var got []url.Values
	status := http.StatusInternalServerError
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		got = append(got, r.PostForm)
		w.WriteHeader(status)
	}))
	defer hub.Close()
	since := b.now()
	at := since
	for at.Sub(since) < 4*24*time.Hour {
		again, err := b.d.Ping(t.Context(), hub.URL, topic, since)
		if err != nil {
			t.Fatal(err)
		}
		if again.IsZero() {
			break
		}
		if pause := again.Sub(b.now()); pause < firstPing || pause > longestPause {
			t.Fatalf("a pause of %s", pause)
		}
		at = again
		b.pass(again.Sub(b.now()))
	}
	if gone := b.now().Sub(since); gone < lastPing || gone > lastPing+2*time.Hour {
		t.Errorf("it was given up after %s", gone)
	}
	if n := len(got); n < 70 || n > 120 {
		t.Errorf("told %d times", n)
	}
	if q := got[0]; q.Get("hub.mode") != "publish" || q.Get("hub.url") != topic || q.Get("hub.topic") != topic {
		t.Errorf("told %v", q)
	}
	status = http.StatusNoContent
	if again, err := b.d.Ping(t.Context(), hub.URL, topic, b.now()); err != nil || !again.IsZero() {
		t.Errorf("it heard, and is told again at %s (%v)", again, err)
	}
}
