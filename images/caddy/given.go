package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// givenCertificates are those that somebody else got and renews.
type givenCertificates struct {
	byHost atomic.Pointer[map[string]given]
}

// given is the certificate of one host, or what is wrong with it.
type given struct {
	certificate *tls.Certificate
	wrong       error
}

// follow takes the certificates of the Directory in place of those of before.
func (g *givenCertificates) follow(d *Directory) {
	parsed := map[string]given{}
	for name, pem := range d.Given {
		certificate, err := tls.X509KeyPair([]byte(pem), []byte(pem))
		parsed[name] = given{&certificate, err}
	}
	byHost := map[string]given{}
	for host, owner := range d.Hosts {
		if owner.TLS != bySecret {
			continue
		}
		known, there := parsed[owner.Certificate]
		switch {
		case !there:
			known.wrong = fmt.Errorf("it is not there")
		case known.wrong == nil:
			known.wrong = known.certificate.Leaf.VerifyHostname(strings.Replace(host, "*", "any", 1))
		}
		byHost[host] = known
	}
	g.byHost.Store(&byHost)
}

// of is the certificate of a host of the Directory, nil when none does for it.
func (g *givenCertificates) of(host string) *tls.Certificate {
	known := g.all()[host]
	if known.wrong != nil {
		return nil
	}
	return known.certificate
}

func (g *givenCertificates) all() map[string]given {
	if all := g.byHost.Load(); all != nil {
		return *all
	}
	return nil
}

// states tells how far each is, as Certificates.states does.
func (g *givenCertificates) states() map[string]CertificateState {
	states := map[string]CertificateState{}
	for host, known := range g.all() {
		wrong := known.wrong
		if wrong == nil {
			wrong = timely(known.certificate.Leaf)
		}
		if wrong != nil {
			states[host] = CertificateState{Trouble: &Trouble{"given", short(wrong.Error())}}
			continue
		}
		states[host] = CertificateState{NotAfter: &known.certificate.Leaf.NotAfter}
	}
	return states
}

func timely(leaf *x509.Certificate) error {
	switch now := time.Now(); {
	case now.Before(leaf.NotBefore):
		return fmt.Errorf("it is not valid before %s", leaf.NotBefore.Format(time.DateTime))
	case now.After(leaf.NotAfter):
		return fmt.Errorf("it ended on %s", leaf.NotAfter.Format(time.DateTime))
	}
	return nil
}
