package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

func init() {
	caddy.RegisterModule(new(Sites))
}

// Sites is the handler that answers a request with the handlers of the Site its host belongs to, as fast with a
// thousand Sites as with one. It never calls the next handler.
type Sites struct {
	// Who answers a host, in lower case, without port and last dot; "*.example.org" is any one label before it.
	Hosts map[string]Owner `json:"hosts,omitempty"`
	// The routes of each set of each Site.
	Sites map[string]map[string][]SiteRoute `json:"sites,omitempty"`

	exact, wildcard map[string]*virtualHost // the latter by what follows "*."
	refused         map[string]string       // why Caddy does not take a Site
}

// Owner names one set of routes of one Site.
type Owner struct {
	Site string `json:"site"`
	Set  string `json:"set"`
}

// SiteRoute is what answers a path and all below it.
type SiteRoute struct {
	Path   string            `json:"path"`
	Handle []json.RawMessage `json:"handle"`
}

type virtualHost struct {
	site    string
	refused bool
	routes  []route // the longest path first
}

type route struct {
	path    string // without a last slash, so that the root is ""
	handler caddyhttp.Handler
}

// provisioned are the handlers of the configuration that runs and, while another one is loaded, also of that.
var provisioned sync.Map

// refusedSites says, of the configuration that runs, which Sites are left out and why.
func refusedSites() map[string]string {
	all := map[string]string{}
	provisioned.Range(func(handler, _ any) bool {
		maps.Copy(all, handler.(*Sites).refused)
		return true
	})
	return all
}

// CaddyModule tells Caddy the handler's name.
func (*Sites) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.sites", New: func() caddy.Module { return new(Sites) }}
}

// Provision leaves a Site out when Caddy refuses one of its handlers, so that the others go on.
func (s *Sites) Provision(ctx caddy.Context) error {
	s.refused = map[string]string{}
	routes := map[Owner][]route{}
	for site, sets := range s.Sites {
		for set, entries := range sets {
			loaded, err := load(ctx, entries)
			if err != nil {
				s.refused[site] = err.Error()
				break
			}
			routes[Owner{site, set}] = loaded
		}
	}
	s.exact, s.wildcard = map[string]*virtualHost{}, map[string]*virtualHost{}
	for name, owner := range s.Hosts {
		_, refused := s.refused[owner.Site]
		host := &virtualHost{site: owner.Site, refused: refused, routes: routes[owner]}
		if parent, wildcard := strings.CutPrefix(name, "*."); wildcard {
			s.wildcard[parent] = host
		} else {
			s.exact[name] = host
		}
	}
	s.Hosts, s.Sites = nil, nil // the JSON of all Sites, which nobody reads again
	provisioned.Store(s, nil)
	return nil
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

// Cleanup is called when another configuration runs.
func (s *Sites) Cleanup() error {
	provisioned.Delete(s)
	return nil
}

func (s *Sites) ServeHTTP(w http.ResponseWriter, r *http.Request, _ caddyhttp.Handler) error {
	host := s.find(r.Host)
	if host == nil {
		return page(w, http.StatusNotFound, "No such Site",
			"<code>ashlar status</code> or <code>kubectl get sites -A</code> lists what there is.")
	}
	caddyhttp.SetVar(r.Context(), "site", host.site)
	if host.refused {
		return page(w, http.StatusServiceUnavailable, "Not served",
			"Site "+html.EscapeString(host.site)+" cannot be served: the operator says why.")
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
	return chosen.handler.ServeHTTP(w, r)
}

func (s *Sites) find(host string) *virtualHost {
	name := strings.ToLower(strings.TrimSuffix((&url.URL{Host: host}).Hostname(), "."))
	if found := s.exact[name]; found != nil {
		return found
	}
	if label, parent, _ := strings.Cut(name, "."); label != "" {
		return s.wildcard[parent]
	}
	return nil
}

// protect keeps encoded what some services decode and others do not.
var protect = strings.NewReplacer(
	"%2f", "%252f", "%2F", "%252F",
	"%5c", "%255c", "%5C", "%255C",
	"%2e", "%252e", "%2E", "%252E",
)

// choose finds the route for a path, nil when there is none. It does not agree to a path that a service could take for
// one outside of its route: one that belongs to another route when its encoded slashes, backslashes and dots are read
// as plain characters, or one with "..;", which some Java servers take for "..".
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
	return chosen, !strings.Contains(slashed, "/..;")
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
