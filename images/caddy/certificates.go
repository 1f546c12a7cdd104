package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
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
	bySecret   = "secret"
)

func init() {
	caddy.RegisterModule(new(Certificates))
	caddy.RegisterModule(siteCertificates{})
	caddy.RegisterModule(nobody{})
}

// Certificates is the app that has a certificate for every host of the Directory that asks for one. Those of an ACME
// server are got in advance, kept in Caddy's storage and renewed in time; those of Caddy's own CA are made when they are
// first asked for; those that were given are taken as they are. It follows the Directory while it runs, as the handler "sites" does.
type Certificates struct {
	ACME ACMEServer `json:"acme"`

	own   *ownCA
	given givenCertificates
	acme  *certmagic.Config
	cache *certmagic.Cache // of the certificates that came from it
	ctx   context.Context
	end   context.CancelFunc

	lock    sync.Mutex
	managed map[string]*managed // by name, for ACME
}

// managed is one name that an ACME server is asked for.
type managed struct {
	end     context.CancelFunc
	known   bool // whether it was looked for what is kept
	trouble *Trouble
}

// ACMEServer is whom to ask.
type ACMEServer struct {
	Directory string `json:"directory"`
	Email     string `json:"email,omitempty"`
	Roots     string `json:"roots,omitempty"` // PEM of who signed the server's own certificate; the public ones when empty
	HTTPPort  int    `json:"http_port"`       // where we listen, whatever port the server asks
	HTTPSPort int    `json:"https_port"`
	// How often it is looked which certificates are to be renewed, as they are when a third of their life is left.
	RenewalCheck caddy.Duration `json:"renewal_check,omitempty"`
}

const (
	loadAtOnce   = 16          // so that a thousand names leave the API server time for others
	firstWait    = time.Minute // after what has nothing to do with the ACME server, whose failures certmagic sees to
	longestRetry = 10 * time.Minute
	longestSaid  = 300 // bytes of what an ACME server said
)

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
	c.managed = map[string]*managed{}
	c.ctx, c.end = context.WithCancel(context.Background())
	var err error
	if c.own, err = provisionOwnCA(ctx); err != nil {
		return err
	}
	template := certmagic.ACMEIssuer{
		CA: c.ACME.Directory, Email: c.ACME.Email, Agreed: true, Logger: ctx.Logger(),
		AltHTTPPort: c.ACME.HTTPPort, AltTLSALPNPort: c.ACME.HTTPSPort,
	}
	if c.ACME.Roots != "" {
		template.TrustedRoots = x509.NewCertPool()
		if !template.TrustedRoots.AppendCertsFromPEM([]byte(c.ACME.Roots)) {
			return errors.New("the roots for the ACME server hold no certificate")
		}
	}
	logger := caddy.Log().Named("gateway.certificates")
	options := certmagic.CacheOptions{
		GetConfigForCert:   func(certmagic.Certificate) (*certmagic.Config, error) { return c.acme, nil },
		RenewCheckInterval: time.Duration(c.ACME.RenewalCheck),
		Logger:             logger,
	}
	if before := certificates.Load(); before != nil && before.ACME.Directory == c.ACME.Directory && before.ACME.RenewalCheck == c.ACME.RenewalCheck {
		c.cache = before.cache // so that no handshake fails while all are loaded again
	} else {
		c.cache = certmagic.NewCache(options)
	}
	c.acme = certmagic.New(c.cache, certmagic.Config{Storage: ctx.Storage(), OnEvent: c.heed, Logger: logger})
	c.acme.Issuers = []certmagic.Issuer{certmagic.NewACMEIssuer(c.acme, template)}
	c.cache.SetOptions(options)
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
	if after := certificates.Load(); c.cache != nil && (after == nil || after.cache != c.cache) {
		c.cache.Stop()
	}
	return nil
}

// follow gets certificates for hosts that are new, and lets go of those that are gone.
func (c *Certificates) follow(d *Directory) {
	c.own.keep(d.Hosts)
	c.given.follow(d)
	c.lock.Lock()
	defer c.lock.Unlock()
	for name, owner := range d.Hosts {
		if owner.TLS == byACME && c.managed[name] == nil {
			ctx, end := context.WithCancel(c.ctx)
			c.managed[name] = &managed{end: end}
			go c.manage(ctx, name)
		}
	}
	for name, managed := range c.managed {
		if d.Hosts[name].TLS != byACME {
			managed.end()
			delete(c.managed, name)
			c.forget(name)
		}
	}
}

var loading = make(chan struct{}, loadAtOnce)

// manage has a certificate of a name in the cache, which renews it in time: the one that is kept, or a new one.
func (c *Certificates) manage(ctx context.Context, name string) {
	for wait := firstWait; ; wait = min(2*wait, longestRetry) {
		err := c.load(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			c.note(name, func(m *managed) { m.known = true })
			if err = c.acme.ObtainCertAsync(ctx, name); err == nil { // which tries again and again by itself
				err = c.load(ctx, name)
			}
		}
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			c.note(name, func(m *managed) { m.known, m.trouble = true, nil })
			return
		}
		c.failed(name, err)
		log().Warnf("the certificate of %s is neither read nor got, which is tried again: %v", name, err)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}

func (c *Certificates) load(ctx context.Context, name string) error {
	loading <- struct{}{}
	defer func() { <-loading }()
	if c.newest(name) != nil {
		return nil
	}
	_, err := c.acme.CacheManagedCertificate(ctx, name)
	if ctx.Err() != nil {
		c.forget(name)
	}
	return err
}

func (c *Certificates) forget(name string) {
	c.cache.RemoveManaged([]certmagic.SubjectIssuer{{Subject: name}})
}

// note changes what is known of a name that is still asked for, and has it told.
func (c *Certificates) note(name string, change func(*managed)) {
	c.lock.Lock()
	if known := c.managed[name]; known != nil {
		change(known)
	}
	c.lock.Unlock()
	news.tell()
}

func (c *Certificates) failed(name string, err error) {
	trouble := troubleOf(err)
	c.note(name, func(m *managed) { m.known, m.trouble = true, &trouble })
}

// heed notes down how a try ended.
func (c *Certificates) heed(_ context.Context, event string, data map[string]any) error {
	name, _ := data["identifier"].(string)
	switch event {
	case "cert_obtained":
		c.note(name, func(m *managed) { m.trouble = nil })
		time.AfterFunc(30*time.Second, news.tell) // a renewed one is in the cache soon after
	case "cert_failed":
		err, _ := data["error"].(error)
		c.failed(name, err)
	}
	return nil
}

func troubleOf(err error) Trouble {
	var problem acme.Problem
	if !errors.As(err, &problem) {
		return Trouble{Detail: short(err.Error())}
	}
	if len(problem.Subproblems) > 0 {
		problem = problem.Subproblems[0].Problem
	}
	return Trouble{
		strings.TrimPrefix(problem.Type, acme.ProblemTypeNamespace),
		short(cmp.Or(problem.Detail, problem.Title, err.Error())),
	}
}

// short keeps what others said from filling the report.
func short(text string) string {
	if len(text) <= longestSaid {
		return text
	}
	return strings.ToValidUTF8(text[:longestSaid], "") + "…"
}

// states tells how far the certificates are that come from elsewhere, of the names that are known of.
func (c *Certificates) states() map[string]CertificateState {
	c.lock.Lock()
	defer c.lock.Unlock()
	states := c.given.states()
	for name, managed := range c.managed {
		if !managed.known {
			continue
		}
		state := CertificateState{Trouble: managed.trouble}
		if newest := c.newest(name); newest != nil {
			state.NotAfter = &newest.Leaf.NotAfter
		}
		states[name] = state
	}
	return states
}

// fromElsewhere is the certificate of a host that an ACME server gave or somebody else, nil while there is none.
func (c *Certificates) fromElsewhere(host *virtualHost) *tls.Certificate {
	switch host.tls {
	case bySecret:
		return c.given.of(host.host)
	case byACME:
		return c.newest(host.host)
	}
	return nil
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
	return c.acme.Issuers[0].(*certmagic.ACMEIssuer).HandleHTTPChallenge(w, r)
}

// siteCertificates is how Caddy's TLS comes by the certificate of a host.
type siteCertificates struct{}

func (siteCertificates) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "tls.get_certificate.sites", New: func() caddy.Module { return new(siteCertificates) }}
}

func (siteCertificates) GetCertificate(_ context.Context, hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
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
	}
	return c.fromElsewhere(host), nil
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
