package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// api is an API server with one Secret, which closes all its connections when it is down.
type api struct {
	*httptest.Server
	mutex   sync.Mutex
	current string // the event of the present state
	changed chan struct{}
	down    bool
}

func startAPI(t *testing.T) (*api, secret) {
	a := &api{changed: make(chan struct{})}
	a.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if r.ProtoMajor != 2 || r.URL.Path != "/api/v1/namespaces/edge/secrets" ||
			query.Get("fieldSelector") != "metadata.name=gateway" || query.Get("watch") != "true" {
			http.NotFound(w, r)
			return
		}
		if r.Header.Get("Authorization") != "Bearer token" {
			http.Error(w, `{"message": "no such token"}`, http.StatusUnauthorized)
			return
		}
		for {
			event, changed, down := a.state()
			if down {
				panic(http.ErrAbortHandler)
			}
			io.WriteString(w, event)
			w.(http.Flusher).Flush()
			select {
			case <-changed:
			case <-r.Context().Done():
				return
			}
		}
	}))
	a.EnableHTTP2 = true
	a.StartTLS()
	t.Cleanup(a.Close)
	t.Cleanup(a.CloseClientConnections)
	return a, secret{asPod(t, a.Server), "edge", "gateway"}
}

func (a *api) state() (event string, changed chan struct{}, down bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.current, a.changed, a.down
}

func (a *api) change(event string, down bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.current, a.down = event, down
	close(a.changed)
	a.changed = make(chan struct{})
}

func (a *api) put(t *testing.T, packed []byte) {
	a.change(string(marshal(t, map[string]any{"type": "MODIFIED", "object": map[string]any{"data": map[string][]byte{key: packed}}})), false)
}

func pack(content []byte) []byte {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	writer.Write(content)
	writer.Close()
	return packed.Bytes()
}

// start runs a gateway until the test ends and returns the URL of its status.
func start(t *testing.T, g *gateway, source secret) string {
	server := httptest.NewServer(g.handler())
	t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		g.run(ctx, source)
		close(ended)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	return server.URL
}

func newGateway(t *testing.T) *gateway {
	return &gateway{last: filepath.Join(t.TempDir(), "gateway", "config.json")}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body)
}

// answers waits until an address answers with a text.
func answers(t *testing.T, address, want string) {
	t.Helper()
	eventually(t, address+" answers "+want, func() bool {
		response, err := http.Get("http://" + address)
		if err != nil {
			return false
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		return err == nil && string(body) == want
	})
}

func TestFollowsTheSecret(t *testing.T) {
	kubernetes, source := startAPI(t)
	address := freeAddress(t)
	g := newGateway(t)
	url := start(t, g, source)
	if code, body := get(t, url+"/healthz"); code != 503 || !strings.Contains(body, "no configuration") {
		t.Errorf("healthz before the Secret is there: %d %s", code, body)
	}
	if code, body := get(t, url+"/status"); code != 200 || body != `{"hash":"","refused":{}}`+"\n" {
		t.Errorf("status before the Secret is there: %d %s", code, body)
	}
	kubernetes.put(t, pack(config(t, address, says("one"))))
	answers(t, address, "one")
	two := marshal(t, configuration{caddyJSON(t, address), directory(t,
		map[string]Owner{"127.0.0.1": {Site: "web/only", Set: "main"}},
		map[string]map[string][]SiteRoute{
			"web/only": {"main": {at("/", says("two"))}},
			"web/bad":  {"main": {at("/", json.RawMessage(`{"handler": "none"}`))}},
		})})
	kubernetes.put(t, pack(two))
	answers(t, address, "two")
	eventually(t, "the second is kept", func() bool {
		kept, err := os.ReadFile(g.last)
		return err == nil && bytes.Equal(kept, two)
	})
	if info, err := os.Stat(g.last); err != nil || info.Mode() != 0o600 {
		t.Errorf("what is kept: %v %v", info, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(g.last)); err != nil || len(entries) != 1 {
		t.Errorf("left beside it: %v %v", entries, err)
	}
	if code, body := get(t, url+"/healthz"); code != 200 {
		t.Errorf("healthz: %d %s", code, body)
	}
	_, body := get(t, url+"/status")
	var got status
	if err := json.Unmarshal([]byte(body), &got); err != nil || got.Hash != hash(two) ||
		len(got.Refused) != 1 || !strings.Contains(got.Refused["web/bad"], "unknown module") {
		t.Errorf("status: %s", body)
	}
	if code, body := get(t, url+"/metrics"); code != 200 || !strings.Contains(body, "caddy_config_last_reload_successful 1") {
		t.Errorf("metrics: %d %s", code, body)
	}
	kubernetes.change(`{"type": "DELETED", "object": {}}`, false)
	kubernetes.put(t, pack(config(t, address, says("three"))))
	answers(t, address, "three")
}

func TestGoesOnWithWhatRunsWhenTheNextIsRefused(t *testing.T) {
	kubernetes, source := startAPI(t)
	address := freeAddress(t)
	g := newGateway(t)
	start(t, g, source)
	good := config(t, address, says("good"))
	kubernetes.put(t, pack(good))
	answers(t, address, "good")
	for what, packed := range map[string][]byte{
		"no key":        nil,
		"no gzip":       []byte("{}"),
		"cut off":       pack(good)[:60],
		"too large":     pack(make([]byte, largest+1)),
		"no JSON":       pack([]byte("{")),
		"no Caddy":      pack([]byte(`{}`)),
		"no admin":      pack([]byte(`{"caddy": {}}`)),
		"admin":         pack([]byte(`{"caddy": {"admin": {"listen": "127.0.0.1:0"}}}`)),
		"remote admin":  pack([]byte(`{"caddy": {"admin": {"disabled": true, "remote": {}}}}`)),
		"unknown field": pack([]byte(`{"caddy": {"admin": {"disabled": true}, "none": 1}}`)),
		"unknown app":   pack([]byte(`{"caddy": {"admin": {"disabled": true}, "apps": {"none": {}}}}`)),
	} {
		if err := g.receive(packed); err == nil {
			t.Errorf("%s: accepted", what)
		}
		if now := g.running.Load().Hash; now != hash(good) {
			t.Errorf("%s: runs %s", what, now)
		}
		answers(t, address, "good")
	}
	if kept, err := os.ReadFile(g.last); err != nil || !bytes.Equal(kept, good) {
		t.Errorf("kept: %s %v", kept, err)
	}
}

func TestWatchesAgainAfterACutOff(t *testing.T) {
	kubernetes, source := startAPI(t)
	address := freeAddress(t)
	start(t, newGateway(t), source)
	kubernetes.put(t, pack(config(t, address, says("before"))))
	answers(t, address, "before")
	kubernetes.change("", true)
	kubernetes.CloseClientConnections()
	time.Sleep(time.Second) // more than one try
	answers(t, address, "before")
	kubernetes.put(t, pack(config(t, address, says("after"))))
	answers(t, address, "after")
}

func TestReadsTheTokenForEachConnection(t *testing.T) {
	kubernetes, source := startAPI(t)
	address := freeAddress(t)
	kubernetes.put(t, pack(config(t, address, says("one"))))
	token := filepath.Join(source.account, "token")
	if err := os.WriteFile(token, []byte("expired"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := source.watch(t.Context(), func(event) {}); err == nil || !strings.Contains(err.Error(), "no such token") {
		t.Errorf("with a token that expired: %v", err)
	}
	start(t, newGateway(t), source)
	if err := os.WriteFile(token, []byte("token"), 0o600); err != nil {
		t.Fatal(err)
	}
	answers(t, address, "one")
}

func TestStartsWithTheLastGoodOneWhileTheAPIServerIsAway(t *testing.T) {
	kubernetes, source := startAPI(t)
	kubernetes.change("", true)
	address := freeAddress(t)
	g := newGateway(t)
	if err := keep(g.last, config(t, address, says("last"))); err != nil {
		t.Fatal(err)
	}
	url := start(t, g, source)
	answers(t, address, "last")
	if code, body := get(t, url+"/healthz"); code != 200 {
		t.Errorf("healthz: %d %s", code, body)
	}
	kubernetes.put(t, pack(config(t, address, says("newer"))))
	answers(t, address, "newer")
}

func TestFinishesAStreamedResponseOverAChange(t *testing.T) {
	reloaded := make(chan struct{})
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "begin ")
		w.(http.Flusher).Flush()
		<-reloaded
		io.WriteString(w, "end")
	}))
	defer upstream.Close()
	address := freeAddress(t)
	proxy := fmt.Appendf(nil, `{"handler": "reverse_proxy", "flush_interval": -1, "upstreams": [{"dial": %q}]}`, upstream.Listener.Addr())
	g := newGateway(t)
	if err := g.receive(pack(config(t, address, proxy))); err != nil {
		t.Fatal(err)
	}
	response, err := http.Get("http://" + address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	first := make([]byte, len("begin "))
	if _, err := io.ReadFull(response.Body, first); err != nil {
		t.Fatal(err)
	}
	if err := g.receive(pack(config(t, address, says("next")))); err != nil {
		t.Fatal(err)
	}
	answers(t, address, "next")
	close(reloaded)
	if rest, err := io.ReadAll(response.Body); err != nil || string(rest) != "end" {
		t.Errorf("after the change: %q %v", rest, err)
	}
}

func TestChangesLoseNoConnection(t *testing.T) {
	const changes, clients = 50, 8
	address := freeAddress(t)
	g := newGateway(t)
	change := func(i int) {
		if err := g.receive(pack(config(t, address, says(fmt.Sprint(i))))); err != nil {
			t.Fatal(err)
		}
	}
	change(0)
	done := make(chan struct{})
	var answered atomic.Int64
	var asking sync.WaitGroup
	for range clients {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
				response, err := client.Get("http://" + address)
				if err != nil {
					t.Errorf("a request was lost: %v", err)
					return
				}
				response.Body.Close()
				answered.Add(1)
			}
		})
	}
	for i := range changes {
		before := answered.Load()
		change(i + 1)
		eventually(t, "a request after each change", func() bool { return answered.Load() > before })
	}
	close(done)
	asking.Wait()
}
