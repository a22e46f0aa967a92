package feed

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"
)

// Token is what is kept of a partner's credential: never the secret itself.
type Token struct {
	ID       string // names it for people: to list and to revoke
	Partner  string
	Label    string
	Created  time.Time
	LastUsed time.Time // to the minute; zero: never
	Revoked  time.Time // zero: it is good
}

// A secret is the prefix, by which people and scanners of repositories know
// what it is, and 256 random bits. It holds nothing that a path, a header or a
// shell would have to escape.
const (
	secretPrefix = "warta_"
	secretBytes  = 32
)

// NewSecret makes a credential, with the digest to keep of it.
func NewSecret() (secret, digest string) {
	b := make([]byte, secretBytes)
	rand.Read(b) // never fails
	secret = secretPrefix + base64.RawURLEncoding.EncodeToString(b)
	digest, _ = SecretDigest(secret)
	return secret, digest
}

// SecretDigest is what a secret is looked up by, false for what can't be one.
//
// One round of SHA-256 without salt is right here, as it would not be for a
// password: nobody can go through 2^256 secrets, whatever one try costs. And
// as the database is asked for the digest, the time its comparison takes tells
// how far a wrong secret's digest agrees with a good one's, which its owner
// can neither choose nor turn back into a secret.
func SecretDigest(secret string) (string, bool) {
	rest, ok := strings.CutPrefix(secret, secretPrefix)
	if !ok || len(rest) != base64.RawURLEncoding.EncodedLen(secretBytes) {
		return "", false
	}
	if b, err := base64.RawURLEncoding.Strict().DecodeString(rest); err != nil || len(b) != secretBytes {
		return "", false
	}
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:]), true
}
