package feed

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// Subscription is a standing order: what becomes new in a channel is sent to
// an address, until it ends.
type Subscription struct {
	ID       string // SubscriptionID
	Kind     SubscriptionKind
	Callback string // where to
	Topic    string // WebSub: the address subscribed to, as the subscriber wrote it
	Channel  string
	Audience Audience
	Token    string // digest of the credential a partner asked with; empty: none was needed
	Format   string // of what is sent, as the names of documents end
	Secret   string // what deliveries are signed with; it is used, so it can't be a hash

	// Stream is the sequence of releases that Cursor counts in; see Release.
	Stream string
	// Moved: it counted in another stream before, so its receiver may have what
	// this one never showed to anybody.
	Moved  bool
	Cursor int64 // releases up to here were received
	// Sending is the last release of a batch that is on its way, so that a
	// batch sent again after a crash bears the same name; 0: none is.
	Sending int64

	Created   time.Time
	Until     time.Time // the end of its lease; zero: none
	Delivered time.Time // when something was received last; zero: never
	Failures  int       // since then
	Failing   time.Time // since when; zero: it is not
	Next      time.Time // when it is tried again; zero: at once
	Said      string    // what the receiver answered last, in short
}

// SubscriptionKind is how a subscription came about and how it is served.
type SubscriptionKind string

const (
	WebSub  SubscriptionKind = "websub"  // somebody asked our hub
	Webhook SubscriptionKind = "webhook" // the configuration names an address of a partner
)

// SubscriptionID is the same for everybody who asks for the same to be sent to
// the same address: asking again renews.
func SubscriptionID(kind SubscriptionKind, callback, topic string) string {
	sum := sha256.Sum256([]byte(string(kind) + "\x00" + callback + "\x00" + topic))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// Intent is a wish told to our hub that its callback has yet to confirm.
type Intent struct {
	Subscription
	Subscribe bool // else: to end it
	Lease     time.Duration
	Seq       int64 // the store's newest change when it was asked
	Tries     int
}

// Release is what a stream said last of an entry. A stream holds what one
// audience sees of one channel; every release that says something new of an
// entry takes the next number, so "everything after N" is all that a
// subscriber lacks, and of an entry that changed ten times only the present
// state.
type Release struct {
	Entry  string
	N      int64
	Digest string // of what the audience sees, or saw last; empty: nothing ever
	Gone   bool   // it sees nothing of it any more
}

// Stream is how far a stream of releases was brought.
type Stream struct {
	ID      string
	Channel string
	Basis   string    // digest of what beside the entries decides what is seen
	Seq     int64     // the change of the store up to which it is brought
	Head    int64     // its newest release
	Until   time.Time // when the clock alone changes what is seen; zero: never
}
