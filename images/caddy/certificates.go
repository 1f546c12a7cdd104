package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddytls"
	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3/acme"
)

// How a host comes by its certificate; a host that says neither has none.
const (
	byACME     = "acme"
	byInternal = "internal"
)

func init() {
	caddy.RegisterModule(new(Certificates))
	caddy.RegisterModule(siteCertificates{})
	caddy.RegisterModule(nobody{})
}

// Certificates is the app that has a certificate for every host of the Directory that asks for one. Those of an ACME
// server are got in advance, kept in Caddy's storage and renewed in time; those of Caddy's own CA are made when they are
// first asked for. It follows the Directory while it runs, as the handler "sites" does.
type Certificates struct {
	ACME *ACMEServer `json:"acme,omitempty"`

	own   *ownCA
	acme  *certmagic.Config // nil without an ACME server
	cache *certmagic.Cache  // of the certificates that came from it
	ctx   context.Context
	end   context.CancelFunc

	lock    sync.Mutex
	managed map[string]context.CancelFunc // by name, for ACME
	trouble map[string]Trouble            // by name, of the last try
}

// ACMEServer is whom to ask.
type ACMEServer struct {
	Directory string `json:"directory"`
	Email     string `json:"email,omitempty"`
	Roots     string `json:"roots,omitempty"` // PEM of who signed the server's own certificate; the public ones when empty
}

// CertificateState is how far a host's certificate is.
type CertificateState struct {
	NotAfter *time.Time `json:"notAfter,omitempty"` // of the certificate that is served
	Trouble  *Trouble   `json:"trouble,omitempty"`  // of the last try
}

// Trouble is why a certificate was not issued.
type Trouble struct {
	Type   string `json:"type,omitempty"` // of the ACME server, without its prefix, see RFC 8555 section 6.7
	Detail string `json:"detail"`
}

var certificates atomic.Pointer[Certificates] // the app that runs, nil when there is none

// CaddyModule tells Caddy the app's name.
func (*Certificates) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "certificates", New: func() caddy.Module { return new(Certificates) }}
}

// Provision makes ready whoever issues.
func (c *Certificates) Provision(ctx caddy.Context) error {
	c.managed, c.trouble = map[string]context.CancelFunc{}, map[string]Trouble{}
	c.ctx, c.end = context.WithCancel(context.Background())
	var err error
	if c.own, err = provisionOwnCA(ctx); err != nil {
		return err
	}
	if c.ACME == nil {
		return nil
	}
	template := certmagic.ACMEIssuer{CA: c.ACME.Directory, Email: c.ACME.Email, Agreed: true, Logger: ctx.Logger()}
	if c.ACME.Roots != "" {
		template.TrustedRoots = x509.NewCertPool()
		if !template.TrustedRoots.AppendCertsFromPEM([]byte(c.ACME.Roots)) {
			return errors.New("the roots for the ACME server hold no certificate")
		}
	}
	logger := caddy.Log().Named("gateway.certificates")
	c.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return c.acme, nil },
		Logger:           logger,
	})
	c.acme = certmagic.New(c.cache, certmagic.Config{Storage: ctx.Storage(), OnEvent: c.heed, Logger: logger})
	c.acme.Issuers = []certmagic.Issuer{certmagic.NewACMEIssuer(c.acme, template)}
	return nil
}

// Start begins with the newest Directory.
func (c *Certificates) Start() error {
	certificates.Store(c)
	c.follow(newest.Load())
	return nil
}

// Stop is called when another configuration runs, and when the process ends.
func (c *Certificates) Stop() error {
	certificates.CompareAndSwap(c, nil)
	return nil
}

// Cleanup is called when nothing of the configuration runs any more.
func (c *Certificates) Cleanup() error {
	c.end()
	if c.cache != nil {
		c.cache.Stop()
	}
	return nil
}

// follow gets certificates for hosts that are new, and lets go of those that are gone.
func (c *Certificates) follow(d *Directory) {
	c.own.keep(d.Hosts)
	if c.acme == nil {
		return
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	for name, owner := range d.Hosts {
		if owner.TLS == byACME && c.managed[name] == nil {
			ctx, cancel := context.WithCancel(c.ctx)
			c.managed[name] = cancel
			_ = c.acme.ManageAsync(ctx, []string{name}) // what goes wrong comes as an event
		}
	}
	for name, cancel := range c.managed {
		if d.Hosts[name].TLS != byACME {
			cancel()
			delete(c.managed, name)
			delete(c.trouble, name)
			c.cache.RemoveManaged([]certmagic.SubjectIssuer{{Subject: name}})
		}
	}
}

// heed notes down how a try ended.
func (c *Certificates) heed(_ context.Context, event string, data map[string]any) error {
	name, _ := data["identifier"].(string)
	c.lock.Lock()
	switch event {
	case "cert_obtained":
		delete(c.trouble, name)
	case "cert_failed":
		err, _ := data["error"].(error)
		c.trouble[name] = troubleOf(err)
	}
	c.lock.Unlock()
	news.tell()
	return nil
}

func troubleOf(err error) Trouble {
	var problem acme.Problem
	if !errors.As(err, &problem) {
		return Trouble{Detail: err.Error()}
	}
	if len(problem.Subproblems) > 0 {
		problem = problem.Subproblems[0].Problem
	}
	return Trouble{strings.TrimPrefix(problem.Type, acme.ProblemTypeNamespace), cmp.Or(problem.Detail, problem.Title, err.Error())}
}

// states tells how far the certificates of an ACME server are.
func (c *Certificates) states() map[string]CertificateState {
	c.lock.Lock()
	defer c.lock.Unlock()
	states := map[string]CertificateState{}
	for name := range c.managed {
		var state CertificateState
		if newest := c.newest(name); newest != nil {
			state.NotAfter = &newest.Leaf.NotAfter
		}
		if trouble, failed := c.trouble[name]; failed {
			state.Trouble = &trouble
		}
		states[name] = state
	}
	return states
}

// newest is the certificate of an ACME server for a name that lasts longest, nil when there is none.
func (c *Certificates) newest(name string) *tls.Certificate {
	var newest *tls.Certificate
	for _, candidate := range c.cache.AllMatchingCertificates(name) {
		if newest == nil || candidate.Leaf.NotAfter.After(newest.Leaf.NotAfter) {
			newest = &candidate.Certificate
		}
	}
	return newest
}

// solves answers a request of the ACME server that wants to know whether the host is ours.
func (c *Certificates) solves(w http.ResponseWriter, r *http.Request) bool {
	return c.acme != nil && c.acme.Issuers[0].(*certmagic.ACMEIssuer).HandleHTTPChallenge(w, r)
}

// siteCertificates is how Caddy's TLS comes by the certificate of a host.
type siteCertificates struct{}

func (siteCertificates) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "tls.get_certificate.sites", New: func() caddy.Module { return new(siteCertificates) }}
}

func (siteCertificates) GetCertificate(ctx context.Context, hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	c, sites := certificates.Load(), running.Load()
	if c == nil || sites == nil {
		return nil, nil
	}
	host := sites.table.Load().find(hello.ServerName)
	switch {
	case host == nil:
		return nil, nil
	case host.tls == byInternal:
		return c.own.certificate(host.host)
	case host.tls == byACME && c.acme != nil:
		return c.newest(host.host), nil
	}
	return nil, nil
}

// nobody lets Caddy get no certificate of its own accord, as it would for any name that a client sends.
type nobody struct{}

func (nobody) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "tls.permission.nobody", New: func() caddy.Module { return new(nobody) }}
}

func (nobody) CertificateAllowed(context.Context, string) error {
	return caddytls.ErrPermissionDenied
}

var (
	_ caddy.App          = (*Certificates)(nil)
	_ caddy.Provisioner  = (*Certificates)(nil)
	_ caddy.CleanerUpper = (*Certificates)(nil)
	_ certmagic.Manager  = siteCertificates{}

	_ caddytls.OnDemandPermission = nobody{}
)
