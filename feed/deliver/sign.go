package deliver

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// hubSignature is the value of X-Hub-Signature (WebSub section 7.1).
func hubSignature(secret string, body []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write(body)
	return "sha256=" + hex.EncodeToString(m.Sum(nil))
}

// secretPrefix marks a webhook's secret whose key is written in base 64.
const secretPrefix = "whsec_"

// webhookKey is the key that a secret stands for.
func webhookKey(secret string) []byte {
	if text, ok := strings.CutPrefix(secret, secretPrefix); ok {
		if key, err := base64.StdEncoding.DecodeString(text); err == nil && len(key) > 0 {
			return key
		}
	}
	return []byte(secret)
}

// webhookSignature is the value of webhook-signature (Standard Webhooks): over
// name, time and body, so that neither can be exchanged nor replayed later.
func webhookSignature(secret, id string, at time.Time, body []byte) string {
	m := hmac.New(sha256.New, webhookKey(secret))
	m.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil))
}
