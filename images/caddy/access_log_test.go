package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"
)

func TestLogsTheRequestsOfSitesThatAskForIt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access.log")
	address := freeAddress(t)
	fails := json.RawMessage(`{"handler": "error", "status_code": 502}`)
	routes := map[string][]SiteRoute{"main": {at("/", says("well")), at("/fails", fails)}}
	sites := directory(t, map[string]Owner{"loud": {Site: "web/loud", Set: "main"}, "quiet": {Site: "web/quiet", Set: "main"}},
		map[string]map[string][]SiteRoute{"web/loud": routes, "web/quiet": routes})
	sites.Logs = map[string]string{"web/loud": "full"}
	newest.Store(&sites)
	if err := caddy.Load(loggingTo(t, file, caddyJSON(t, address)), false); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"loud/?a=%0A%22", "quiet/", "none/", "loud/fails", "quiet/fails", "loud/%2e%2e%2fx"} {
		host, path, _ := strings.Cut(target, "/")
		ask(t, address, host, "/"+path)
	}
	sites.Logs = nil // a change while it runs
	running.Load().serve(&sites)
	ask(t, address, "loud", "/after")

	var told []string
	for _, line := range lines(t, file) {
		told = append(told, line.Site+" "+line.Request.URI)
		if line.Request.Host != "loud" || line.Request.Client != "127.0.0.1" || line.Status == 0 {
			t.Errorf("%+v", line)
		}
	}
	if want := "web/loud /?a=%0A%22,web/loud /fails,web/loud /%2e%2e%2fx"; strings.Join(told, ",") != want {
		t.Errorf("%s instead of %s", told, want)
	}
}

type accessLine struct {
	Site    string
	Status  int
	Request struct {
		Host, URI string
		Client    string `json:"client_ip"`
	}
}

func lines(t *testing.T, file string) (all []accessLine) {
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		var parsed accessLine
		if err := json.Unmarshal([]byte(line), &parsed); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, parsed)
	}
	return all
}

// loggingTo adds an access log to a configuration, as the operator does.
func loggingTo(t *testing.T, file string, config json.RawMessage) json.RawMessage {
	var whole map[string]any
	if err := json.Unmarshal(config, &whole); err != nil {
		t.Fatal(err)
	}
	whole["logging"].(map[string]any)["logs"] = map[string]any{
		"default": map[string]any{"level": "ERROR", "exclude": []string{"http"}},
		"full":    map[string]any{"include": []string{"http.log.access.full"}, "writer": map[string]any{"output": "file", "filename": file}},
	}
	servers := whole["apps"].(map[string]any)["http"].(map[string]any)["servers"].(map[string]any)
	servers["sites"].(map[string]any)["logs"] = map[string]any{}
	return marshal(t, whole)
}
