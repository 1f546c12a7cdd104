package main

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// start runs a TLS registry that wants a login and a forwarder in front of it; the folder holds the mounted files.
func start(t *testing.T, login func() string) (forwarder *httptest.Server, folder string) {
	registry := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if user+":"+password != login() {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(registry.Close)
	folder = t.TempDir()
	write(t, folder, "ca.crt", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: registry.Certificate().Raw})))
	write(t, folder, "username", "node\n")
	write(t, folder, "password", "one")
	target, _ := url.Parse(registry.URL)
	forwarder = httptest.NewServer(handler(target, files{ca: filepath.Join(folder, "ca.crt"), credentials: folder}))
	t.Cleanup(forwarder.Close)
	return forwarder, folder
}

func write(t *testing.T, folder, name, content string) {
	if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func status(t *testing.T, method, url string) int {
	request, _ := http.NewRequest(method, url, nil)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

func TestReadsWithTheCredentialsOfNow(t *testing.T) {
	login := "node:one"
	forwarder, folder := start(t, func() string { return login })
	if got := status(t, "GET", forwarder.URL+"/v2/"); got != 200 {
		t.Errorf("GET: %d", got)
	}
	login = "node:two"
	write(t, folder, "password", "two")
	if got := status(t, "HEAD", forwarder.URL+"/v2/"); got != 200 {
		t.Errorf("HEAD after the password changed: %d", got)
	}
}

func TestRefusesWriting(t *testing.T) {
	forwarder, _ := start(t, func() string { return "node:one" })
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
		if got := status(t, method, forwarder.URL+"/v2/a/blobs/uploads/"); got != 405 {
			t.Errorf("%s: %d", method, got)
		}
	}
}

func TestRefusesARegistryOfAnotherCA(t *testing.T) {
	forwarder, folder := start(t, func() string { return "node:one" })
	write(t, folder, "ca.crt", "none")
	if got := status(t, "GET", forwarder.URL+"/v2/"); got != 502 {
		t.Errorf("GET: %d", got)
	}
}

func TestListensOnTheLoopbackOnly(t *testing.T) {
	err := run("0.0.0.0:5000", "https://registry:5000", files{})
	if err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Errorf("%v", err)
	}
}
