package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// show asks the page of a cluster whose API server answers as the map says, by path.
func show(t *testing.T, answers map[string]string, path string) *httptest.ResponseRecorder {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, known := answers[r.URL.Path]
		if r.Header.Get("Authorization") != "Bearer t" || !known {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "token"), []byte("t\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cluster := &api{server.URL, folder, server.Client()}
	if answers == nil {
		server.Close()
	}
	recorder := httptest.NewRecorder()
	handler(cluster.read).ServeHTTP(recorder, httptest.NewRequest("GET", path, nil))
	return recorder
}

var running = map[string]string{
	"/version":      `{"gitVersion":"v1.34.4"}`,
	"/api/v1/nodes": `{"items":[{"metadata":{"name":"node1"},"status":{"conditions":[{"type":"Ready","status":"True"}],"nodeInfo":{"kubeletVersion":"v1.34.4"}}}]}`,
	"/apis/ashlar.dev/v1alpha1/sites": `{"items":[{"metadata":{"namespace":"demo","name":"shop"},"spec":{"content":{"image":"c@sha256:0123456789abcdef"}},
		"status":{"url":"http://shop.demo.localhost:8080","conditions":[{"type":"Ready","status":"False","message":"<no pods>"}]}}]}`,
	"/apis/ashlar.dev/v1alpha1/services": `{"items":[]}`,
}

func TestShowsWhatRuns(t *testing.T) {
	shown := show(t, running, "/")
	if shown.Code != 200 {
		t.Error(shown.Code)
	}
	for _, want := range []string{"Kubernetes v1.34.4", "node1", `<a href="http://shop.demo.localhost:8080">demo/shop</a>`, "not ready", "&lt;no pods&gt;", "0123456789ab<"} {
		if !strings.Contains(shown.Body.String(), want) {
			t.Errorf("the page lacks %s:\n%s", want, shown.Body)
		}
	}
}

func TestSaysWhatIsNotAppliedAndShowsTheRest(t *testing.T) {
	shown := show(t, map[string]string{"/version": running["/version"], "/api/v1/nodes": running["/api/v1/nodes"]}, "/status.json")
	if shown.Code != 503 || !strings.Contains(shown.Body.String(), "resource definitions are not applied yet") || !strings.Contains(shown.Body.String(), "node1") {
		t.Errorf("%d %s", shown.Code, shown.Body)
	}
}

func TestSaysOnceThatTheAPIServerIsDown(t *testing.T) {
	shown := show(t, nil, "/")
	if shown.Code != 503 || strings.Count(shown.Body.String(), "does not answer") != 1 {
		t.Errorf("%d %s", shown.Code, shown.Body)
	}
}
