package main

import (
	"bufio"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
)

// TestMain keeps what Caddy writes of its own accord out of the home directory.
func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "gateway-test-")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_DATA_HOME", folder)
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// asPod is a server as a pod sees it that has the token "token".
func asPod(t *testing.T, server *httptest.Server) kube {
	account := t.TempDir()
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for name, content := range map[string][]byte{"ca.crt": ca, "token": []byte("token\n")} {
		if err := os.WriteFile(filepath.Join(account, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return kube{server.URL, account, new(connections)}
}

func freeAddress(t *testing.T) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// caddyJSON is Caddy's own configuration, which answers one address with the Sites.
func caddyJSON(t *testing.T, address string) json.RawMessage {
	t.Cleanup(func() { _ = caddy.Stop() })
	return marshal(t, map[string]any{
		"admin":   map[string]any{"disabled": true, "config": map[string]any{"persist": false}},
		"storage": map[string]any{"module": "file_system", "root": filepath.Join(os.Getenv("XDG_DATA_HOME"), "storage")},
		"logging": map[string]any{"logs": map[string]any{"default": map[string]any{"level": "ERROR"}}},
		"apps": map[string]any{"http": map[string]any{"servers": map[string]any{"sites": map[string]any{
			"listen":          []string{address},
			"automatic_https": map[string]any{"disable": true},
			"routes":          []any{map[string]any{"handle": []any{map[string]any{"handler": "sites"}}}},
		}}}},
	})
}

// config is a whole configuration that answers one address with one handler.
func config(t *testing.T, address string, handler json.RawMessage) []byte {
	return marshal(t, configuration{caddyJSON(t, address), directory(t,
		map[string]Owner{"127.0.0.1": {Site: "web/only", Set: "main"}},
		map[string]map[string][]SiteRoute{"web/only": {"main": {at("/", handler)}}})})
}

func directory(t testing.TB, hosts map[string]Owner, sites map[string]map[string][]SiteRoute) Directory {
	raw := map[string]json.RawMessage{}
	for name, sets := range sites {
		raw[name] = marshal(t, sets)
	}
	return Directory{Hosts: hosts, Sites: raw}
}

func at(path string, handlers ...json.RawMessage) SiteRoute {
	return SiteRoute{path, handlers}
}

func marshal(t testing.TB, value any) []byte {
	content, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// says is a handler that answers with a text, in which Caddy fills in placeholders.
func says(text string) json.RawMessage {
	return fmt.Appendf(nil, `{"handler": "static_response", "body": %q}`, text)
}

// ask sends a request line as it is, which a client of the library would clean first.
func ask(t *testing.T, address, host, target string) (int, string) {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", target, host)
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// eventually waits for what another goroutine is about to bring about.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(8 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("not within 8 s: %s", what)
}
