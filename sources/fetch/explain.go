package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"
)

// explain turns any failure into an Error in plain words. late says that the
// time for the whole request was over.
func (c *Client) explain(err error, u *url.URL, late bool) *Error {
	var fe *Error
	if errors.As(err, &fe) {
		if fe.URL == "" {
			fe.URL = show(u)
		}
		return fe
	}
	e := &Error{URL: show(u), Err: err, Kind: Network, Hint: "it is tried again later"}
	var (
		ae  *addressError
		dns *net.DNSError
	)
	switch {
	case errors.As(err, &ae):
		e.Kind, e.Err = Private, ae
		e.Hint = "fetch.allow_private opens private networks, for intranets and tests"
	case late:
		e.Kind, e.Err = Timeout, fmt.Errorf("not finished within %s", within(c.opt.Timeout))
	case errors.As(err, &dns):
		e.Kind, e.Err, e.Hint = DNS, fmt.Errorf("the name %s can't be resolved: %s", u.Hostname(), dns.Err), "the name server may be out of order"
		if dns.IsNotFound {
			e.Err, e.Hint = fmt.Errorf("there is no host %s", u.Hostname()), "check the spelling, or the site is no more"
		}
	case isTimeout(err):
		e.Kind, e.Err = Timeout, fmt.Errorf("no answer within %s", within(c.opt.FirstByte))
	case headerTooLarge(err):
		e.Kind, e.Err, e.Hint = TooLarge, fmt.Errorf("a header of more than the %s allowed", size(c.opt.MaxHeader)), ""
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Err = errors.New("the server refuses connections")
	case err == io.EOF:
		e.Err = errors.New("the server closed the connection without an answer")
	case errors.Is(err, syscall.ECONNRESET):
		e.Err = errors.New("the server broke the connection off")
	default:
		if words, hint := tlsWords(err, u, c.opt.Now()); words != "" {
			e.Kind, e.Err, e.Hint = TLS, &plain{words, err}, hint
		}
	}
	return e
}

// plain is an error in our words that still unwraps to the original.
type plain struct {
	words string
	err   error
}

func (p *plain) Error() string { return p.words }
func (p *plain) Unwrap() error { return p.err }

func isTimeout(err error) bool {
	var ne net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &ne) && ne.Timeout()
}

// headerTooLarge knows the transport's errors by their text: it has no value
// for them, neither of HTTP/1 nor of HTTP/2.
func headerTooLarge(err error) bool {
	s := err.Error()
	return strings.Contains(s, "response headers exceeded") || strings.Contains(s, "response header list larger")
}

// tlsWords explains why there is no secure connection.
func tlsWords(err error, u *url.URL, now time.Time) (words, hint string) {
	const theirs = "the site's owner has to put its certificate in order"
	host := u.Hostname()
	var (
		invalid x509.CertificateInvalidError
		unknown x509.UnknownAuthorityError
		name    x509.HostnameError
		verify  *tls.CertificateVerificationError
		record  tls.RecordHeaderError
		alert   tls.AlertError
		op      *net.OpError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		if now.Before(invalid.Cert.NotBefore) {
			return fmt.Sprintf("the certificate of %s is not valid before %s", host, invalid.Cert.NotBefore.UTC().Format(time.DateOnly)), "check this machine's clock"
		}
		return fmt.Sprintf("the certificate of %s expired on %s", host, invalid.Cert.NotAfter.UTC().Format(time.DateOnly)), theirs
	case errors.As(err, &name):
		return fmt.Sprintf("the certificate shown is not for %s", host), theirs + ", or the address should name another host"
	case errors.As(err, &unknown):
		return fmt.Sprintf("the certificate of %s is signed by nobody this machine knows", host), theirs + "; an intranet's authority goes into the system's certificates"
	case errors.As(err, &invalid), errors.As(err, &verify):
		return fmt.Sprintf("the certificate of %s is not valid: %v", host, err), theirs
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Sprintf("%s does not speak HTTPS here", u.Host), "try the address with http://"
	case errors.As(err, &alert), errors.As(err, &op) && op.Op == "remote error", strings.Contains(err.Error(), "tls: "):
		return fmt.Sprintf("no secure connection with %s: %v", host, err), "its server may only know old versions of TLS"
	}
	return "", ""
}
