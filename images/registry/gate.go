package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/opencontainers/go-digest"
)

// gate lets requests through to distribution, but no write beside a sweep.
type gate struct {
	store *store
	next  http.Handler

	closed  atomic.Bool  // no new write begins
	writes  sync.RWMutex // held for reading by each write
	answers sync.RWMutex // held for reading while "it is there" is said of a manifest
	tags    sync.Mutex   // held by a write that has a condition
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodHead && strings.Contains(r.URL.Path, "/manifests/"):
		g.answers.RLock()
		defer g.answers.RUnlock()
		g.next.ServeHTTP(w, r)
		g.asked(w, r)
	case r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/manifests/"):
		g.next.ServeHTTP(w, r)
		g.asked(w, r)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		g.next.ServeHTTP(w, r)
	default:
		g.write(w, r)
	}
}

// asked notes that someone was told of a manifest, and so may rely on it; a sweep spares what was asked for of late.
func (g *gate) asked(w http.ResponseWriter, r *http.Request) {
	found, err := digest.Parse(w.Header().Get("Docker-Content-Digest"))
	name, _, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/v2/"), "/manifests/")
	if err == nil && ok {
		g.store.touch(name, found)
	}
}

func (g *gate) write(w http.ResponseWriter, r *http.Request) {
	if !g.enter() {
		w.Header().Set("Retry-After", "1")
		refuse(w, http.StatusServiceUnavailable, "UNAVAILABLE", "a sweep runs, until then the registry is read-only")
		return
	}
	defer g.writes.RUnlock()
	if r.Header.Get("If-Match") == "" && r.Header.Get("If-None-Match") == "" {
		g.next.ServeHTTP(w, r)
		return
	}
	g.tags.Lock()
	defer g.tags.Unlock()
	if g.holds(r) {
		g.next.ServeHTTP(w, r)
	} else {
		refuse(w, http.StatusPreconditionFailed, "DENIED", "it was changed meanwhile")
	}
}

func (g *gate) enter() bool {
	if g.closed.Load() || !g.writes.TryRLock() {
		return false
	}
	if g.closed.Load() {
		g.writes.RUnlock()
		return false
	}
	return true
}

// holds asks, by the same login, what a tag names now, and compares it with the request's condition.
func (g *gate) holds(r *http.Request) bool {
	now := httptest.NewRecorder()
	ask := r.Clone(r.Context())
	ask.Method, ask.Body, ask.ContentLength = http.MethodHead, http.NoBody, 0
	ask.Header.Set("Accept", strings.Join([]string{
		"application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
		"application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
	}, ", "))
	ask.Header.Del("If-Match")
	ask.Header.Del("If-None-Match")
	g.next.ServeHTTP(now, ask)
	if r.Header.Get("If-None-Match") == "*" {
		return now.Code == http.StatusNotFound
	}
	return now.Code == http.StatusOK && r.Header.Get("If-Match") == `"`+now.Header().Get("Docker-Content-Digest")+`"`
}

// sweep deletes the manifests that it is given, unless someone asked for them since, and then every blob that no manifest names.
func (g *gate) sweep(w http.ResponseWriter, r *http.Request) {
	var order order
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<20)).Decode(&order); err != nil {
		http.Error(w, "the order is not as expected: "+err.Error(), http.StatusBadRequest)
		return
	}
	if err := g.close(time.Minute); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	defer g.open()
	result, err := g.store.sweep(r.Context(), order, &g.answers)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(result)
}

// close ends when the last write did; new ones are refused from the start, so that this comes to pass.
func (g *gate) close(patience time.Duration) error {
	if !g.closed.CompareAndSwap(false, true) {
		return errors.New("another sweep runs; try again when it ended")
	}
	for end := time.Now().Add(patience); !g.writes.TryLock(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			g.closed.Store(false)
			return errors.New("a push takes too long to wait for its end; try again later")
		}
	}
	return nil
}

func (g *gate) open() {
	g.writes.Unlock()
	g.closed.Store(false)
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	type failure struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	_ = json.NewEncoder(w).Encode(map[string][]failure{"errors": {{code, message}}})
}
