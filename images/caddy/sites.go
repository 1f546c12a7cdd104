package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

func init() {
	newest.Store(new(Directory))
	caddy.RegisterModule(new(Sites))
}

// failure is the name of the set that answers when whoever should cannot, and of the variable with its status.
const failure = "failure"

// Directory is what the gateway is told of all Sites.
type Directory struct {
	// Who answers a host, in lower case, without port and last dot; "*.example.org" is any one label before it.
	Hosts map[string]Owner `json:"hosts"`
	// Each Site's sets of routes: {"main": [{"path": "/", "handle": [HANDLER...]}]}.
	Sites map[string]json.RawMessage `json:"sites"`
	// Certificates that somebody else got, by name: the chain and the key as PEM.
	Given map[string]string `json:"given"`
	// The name of the access log of each Site that asks for one.
	Logs map[string]string `json:"logs"`
	// How clients reach the gateway.
	Clients Clients `json:"clients"`
}

// Clients is how they see the gateway: the ports need not be those that are listened on.
type Clients struct {
	HTTP    int  `json:"http"`
	HTTPS   int  `json:"https"`
	Trusted bool `json:"trusted"` // that they trust the own CA
}

// Owner names one set of routes of one Site.
type Owner struct {
	Site string `json:"site"`
	Set  string `json:"set"`
	TLS  string `json:"tls,omitempty"` // "acme", "internal" or "secret"; nothing for a host without a certificate
	// Which of those that were given, for "secret".
	Certificate string `json:"certificate,omitempty"`
}

// SiteRoute is what answers a path and all below it.
type SiteRoute struct {
	Path   string            `json:"path"`
	Handle []json.RawMessage `json:"handle"`
}

// Sites is the handler that answers a request with the handlers of the Site its host belongs to, as fast with a
// thousand Sites as with one. It never calls the next handler. Its Sites are changed while it runs: another
// configuration would mean other servers, and what connects while Go's server is shut down gets no answer.
type Sites struct {
	ctx      caddy.Context
	changing sync.Mutex
	table    atomic.Pointer[table]
}

// table is the Directory with its handlers; it does not change.
type table struct {
	exact, wildcard map[string]*virtualHost // the latter by what follows "*."
	sites           map[string]*site
	clients         Clients
}

type virtualHost struct {
	host   string // or "*.example.org"
	name   string // of the Site
	site   *site  // nil when there is none of that name
	tls    string // as Owner has it
	log    string // the name of the access log; nothing without one
	routes []route
}

type site struct {
	raw     json.RawMessage
	sets    map[string][]route // the longest path first
	refused string             // why Caddy does not take it
	made    *generation
}

type route struct {
	path    string // without a last slash, so that the root is ""
	handler caddyhttp.Handler
}

// generation is the Sites that came with one change; its handlers are cleaned up when the last of them is gone.
type generation struct {
	ctx  caddy.Context
	end  context.CancelFunc
	uses int
}

var (
	newest  atomic.Pointer[Directory] // what a handler begins with
	running atomic.Pointer[Sites]     // the handler that was provisioned last
)

// CaddyModule tells Caddy the handler's name.
func (*Sites) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.sites", New: func() caddy.Module { return new(Sites) }}
}

// Provision begins with the newest Directory.
func (s *Sites) Provision(ctx caddy.Context) error {
	s.ctx = ctx
	s.table.Store(new(table))
	s.serve(newest.Load())
	running.Store(s)
	return nil
}

// Cleanup is called when another configuration runs.
func (s *Sites) Cleanup() error {
	s.serve(new(Directory))
	return nil
}

// serve takes the Directory's place for that of before. A Site that is as it was keeps its handlers, and so its streams
// and its connections; one that Caddy refuses is left out, so that the others go on.
func (s *Sites) serve(d *Directory) {
	s.changing.Lock() // the process may end meanwhile, which cleans up
	defer s.changing.Unlock()
	ctx, end := caddy.NewContext(s.ctx)
	made := &generation{ctx, end, 1}
	before := s.table.Load()
	next := &table{map[string]*virtualHost{}, map[string]*virtualHost{}, map[string]*site{}, d.Clients}
	for name, raw := range d.Sites {
		known := before.sites[name]
		if known == nil || !bytes.Equal(known.raw, raw) {
			known = made.provision(raw)
		}
		next.sites[name] = known
	}
	for name, owner := range d.Hosts {
		host := &virtualHost{host: name, name: owner.Site, site: next.sites[owner.Site], tls: owner.TLS, log: d.Logs[owner.Site]}
		if host.site != nil {
			host.routes = host.site.sets[owner.Set]
		}
		if parent, wildcard := strings.CutPrefix(name, "*."); wildcard {
			next.wildcard[parent] = host
		} else {
			next.exact[name] = host
		}
	}
	s.table.Store(next)
	for name, former := range before.sites {
		if next.sites[name] != former {
			former.made.release()
		}
	}
	made.release()
}

func (g *generation) provision(raw json.RawMessage) *site {
	g.uses++
	made := &site{raw: raw, sets: map[string][]route{}, made: g}
	var sets map[string][]SiteRoute
	if err := json.Unmarshal(raw, &sets); err != nil {
		made.refused = err.Error()
		return made
	}
	for set, entries := range sets {
		routes, err := load(g.ctx, entries)
		if err != nil {
			made.refused = err.Error()
			return made
		}
		made.sets[set] = routes
	}
	return made
}

func (g *generation) release() {
	if g.uses--; g.uses == 0 {
		g.end()
	}
}

func load(ctx caddy.Context, entries []SiteRoute) ([]route, error) {
	var routes []route
	for _, entry := range entries {
		handlers := caddyhttp.Route{HandlersRaw: entry.Handle}
		if err := handlers.Provision(ctx, nil); err != nil {
			return nil, fmt.Errorf("path %s: %w", entry.Path, err)
		}
		routes = append(routes, route{strings.TrimSuffix(entry.Path, "/"), handlers.Compile(caddyhttp.HandlerFunc(nothingHere))})
	}
	slices.SortFunc(routes, func(a, b route) int { return len(b.path) - len(a.path) })
	return routes, nil
}

// refused says which Sites are left out and why.
func (s *Sites) refused() map[string]string {
	all := map[string]string{}
	for name, site := range s.table.Load().sites {
		if site.refused != "" {
			all[name] = site.refused
		}
	}
	return all
}

func (s *Sites) ServeHTTP(w http.ResponseWriter, r *http.Request, _ caddyhttp.Handler) error {
	table := s.table.Load()
	host := table.find(r.Host)
	if host == nil {
		return page(w, http.StatusNotFound, "No such Site",
			"<code>ashlar status</code> or <code>kubectl get sites -A</code> lists what there is.")
	}
	caddyhttp.SetVar(r.Context(), "site", host.name)
	if comesBack(r) {
		return page(w, http.StatusLoopDetected, "In a circle", "An upstream of this Site is the gateway itself.")
	}
	if host.log != "" {
		logTo(r, host.log, host.name)
	}
	if host.site != nil && host.site.refused != "" {
		return page(w, http.StatusServiceUnavailable, "Not served",
			"Site "+html.EscapeString(host.name)+" cannot be served: the gateway's log says why.")
	}
	if host.leaves(w, r, table.clients) {
		return nil
	}
	chosen, agreed := host.choose(r.URL)
	switch {
	case !agreed:
		return page(w, http.StatusBadRequest, "Ambiguous path", "Write the path without encoded slashes and dots.")
	case chosen == nil:
		return nothingHere(w, r)
	}
	if clean, dotted := withoutDots(r.URL.Path); dotted {
		r.URL.Path, r.URL.RawPath = clean, ""
		r.RequestURI = r.URL.RequestURI()
	}
	err := chosen.handler.ServeHTTP(w, r)
	if status := unreachable(err); status != 0 && len(host.site.sets[failure]) > 0 {
		caddyhttp.SetVar(r.Context(), failure, status)
		if host.site.sets[failure][0].handler.ServeHTTP(w, r) == nil {
			return nil
		}
	}
	return err
}

// unreachable is the status for a client when whoever should answer cannot be reached or is late, else 0. Nothing was
// answered then.
func unreachable(err error) int {
	var failed caddyhttp.HandlerError
	switch {
	case !errors.As(err, &failed):
		return 0
	case failed.StatusCode == http.StatusBadGateway, failed.StatusCode == http.StatusServiceUnavailable:
		return http.StatusServiceUnavailable
	case failed.StatusCode == http.StatusGatewayTimeout:
		return failed.StatusCode
	}
	return 0
}

// leaves tells whether the request was answered, by what an ACME server asks for or by the way to https; a client that
// stays is told of HTTP/3, and its handlers by which way it came.
func (h *virtualHost) leaves(w http.ResponseWriter, r *http.Request, clients Clients) bool {
	if r.TLS != nil {
		w.Header().Set("Alt-Svc", fmt.Sprintf(`h3=":%d"; ma=2592000`, clients.HTTPS))
		origin(r, "https", portAfter(clients.HTTPS, 443))
		return false
	}
	c := certificates.Load()
	if h.tls == byACME || h.tls == bySecret {
		caddyhttp.SetVar(r.Context(), "unencrypted", "true") // unless it is led to https
	}
	switch {
	case c != nil && h.tls == byACME && c.solves(w, r):
		return true
	case c != nil && (h.tls == byInternal && clients.Trusted || c.fromElsewhere(h) != nil):
		toHTTPS(w, r, portAfter(clients.HTTPS, 443)) // where no client is warned
		return true
	}
	origin(r, "http", portAfter(clients.HTTP, 80))
	return false
}

// origin sets what stands before and after a host when a client is sent to another one in the same way.
func origin(r *http.Request, scheme, port string) {
	caddyhttp.SetVar(r.Context(), "scheme", scheme)
	caddyhttp.SetVar(r.Context(), "port", port)
}

func portAfter(port, usual int) string {
	if port == usual {
		return ""
	}
	return fmt.Sprintf(":%d", port)
}

func toHTTPS(w http.ResponseWriter, r *http.Request, port string) {
	host := (&url.URL{Host: r.Host}).Hostname()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	w.Header().Set("Location", "https://"+host+port+r.URL.RequestURI())
	w.WriteHeader(http.StatusPermanentRedirect)
}

func (t *table) find(host string) *virtualHost {
	name := strings.ToLower(strings.TrimSuffix((&url.URL{Host: host}).Hostname(), "."))
	if found := t.exact[name]; found != nil {
		return found
	}
	if label, parent, _ := strings.Cut(name, "."); label != "" {
		return t.wildcard[parent]
	}
	return nil
}

var parameters = regexp.MustCompile(`;[^/]*`)

// protect keeps encoded what some services decode and others do not.
var protect = strings.NewReplacer(
	"%2f", "%252f", "%2F", "%252F",
	"%5c", "%255c", "%5C", "%255C",
	"%2e", "%252e", "%2E", "%252E",
)

// choose finds the route for a path, nil when there is none. It does not agree to a path that a service could take for
// one outside of its route: one that belongs to another route when its encoded slashes, backslashes and dots are read
// as plain characters, or without what follows a semicolon in a segment, which some Java servers leave out.
func (h *virtualHost) choose(address *url.URL) (chosen *route, agreed bool) {
	slashed := slashes(address.Path)
	chosen = h.longest(path.Clean(slashed))
	escaped := address.EscapedPath()
	if literal := protect.Replace(escaped); literal != escaped {
		literal, err := url.PathUnescape(literal)
		if err != nil || h.longest(path.Clean(literal)) != chosen {
			return nil, false
		}
	}
	if strings.Contains(slashed, ";") && h.longest(path.Clean(parameters.ReplaceAllString(slashed, ""))) != chosen {
		return nil, false
	}
	return chosen, true
}

func (h *virtualHost) longest(clean string) *route {
	for i := range h.routes {
		below, found := strings.CutPrefix(clean, h.routes[i].path)
		if found && (below == "" || below[0] == '/') {
			return &h.routes[i]
		}
	}
	return nil
}

// withoutDots resolves "." and ".." in a path that has them, so that a service gets the path its route was chosen by.
// Any other path is handed on as it came: whether its service merges slashes or decodes them or not, choose has seen
// that it stays below the route's path.
func withoutDots(decoded string) (clean string, dotted bool) {
	slashed := slashes(decoded)
	last := ""
	for segment := range strings.SplitSeq(slashed, "/") {
		last = segment
		dotted = dotted || segment == "." || segment == ".."
	}
	clean = path.Clean(slashed)
	if folder := last == "" || last == "." || last == ".."; folder && clean != "/" {
		clean += "/"
	}
	return clean, dotted
}

// slashes reads a backslash as what some services take it for.
func slashes(decoded string) string {
	return strings.ReplaceAll(cmp.Or(decoded, "/"), `\`, "/")
}

func nothingHere(w http.ResponseWriter, _ *http.Request) error {
	return page(w, http.StatusNotFound, "Not found", "This Site has nothing at this path.")
}

// page answers with a title and HTML.
func page(w http.ResponseWriter, status int, title, text string) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<!doctype html>\n<title>%[1]s</title>\n<h1>%[1]s</h1>\n<p>%[2]s</p>\n", title, text)
	return nil
}

var (
	_ caddy.Provisioner           = (*Sites)(nil)
	_ caddy.CleanerUpper          = (*Sites)(nil)
	_ caddyhttp.MiddlewareHandler = (*Sites)(nil)
)
