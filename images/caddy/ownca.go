package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"maps"
	"sync"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddypki"
	"github.com/caddyserver/caddy/v2/modules/caddytls"
)

// ownCA makes a certificate for a host when it is first asked for, and again before it ends. They are kept in memory
// only: what must stay is the CA, which Caddy's storage has.
type ownCA struct {
	issuer *caddytls.InternalIssuer
	root   []byte // its certificate, as PEM

	lock   sync.Mutex
	byHost map[string]*tls.Certificate
}

func provisionOwnCA(ctx caddy.Context) (*ownCA, error) {
	issuer := new(caddytls.InternalIssuer)
	if err := issuer.Provision(ctx); err != nil {
		return nil, err
	}
	pki, err := ctx.App("pki")
	if err != nil {
		return nil, err
	}
	ca, err := pki.(*caddypki.PKI).GetCA(ctx, caddypki.DefaultCAID)
	if err != nil {
		return nil, err
	}
	root := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.RootCertificate().Raw})
	return &ownCA{issuer: issuer, root: root, byHost: map[string]*tls.Certificate{}}, nil
}

// certificate is for a host of the Directory, which may be a wildcard: names that clients make up cost nothing.
func (o *ownCA) certificate(host string) (*tls.Certificate, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	known := o.byHost[host]
	if known != nil && time.Until(known.Leaf.NotAfter) > known.Leaf.NotAfter.Sub(known.Leaf.NotBefore)/3 {
		return known, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	request, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{DNSNames: []string{host}}, key)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificateRequest(request)
	if err != nil {
		return nil, err
	}
	issued, err := o.issuer.Issue(context.Background(), parsed)
	if err != nil {
		return nil, err
	}
	made := &tls.Certificate{PrivateKey: key}
	for block, rest := pem.Decode(issued.Certificate); block != nil; block, rest = pem.Decode(rest) {
		made.Certificate = append(made.Certificate, block.Bytes)
	}
	if made.Leaf, err = x509.ParseCertificate(made.Certificate[0]); err != nil {
		return nil, err
	}
	o.byHost[host] = made
	return made, nil
}

// keep forgets the certificates of hosts that are gone.
func (o *ownCA) keep(hosts map[string]Owner) {
	o.lock.Lock()
	defer o.lock.Unlock()
	maps.DeleteFunc(o.byHost, func(host string, _ *tls.Certificate) bool { return hosts[host].TLS != byInternal })
}
