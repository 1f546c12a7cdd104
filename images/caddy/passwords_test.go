package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"
)

func TestLetsThosePassWhoKnowThePassword(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	handler := json.RawMessage(`{"handler": "authentication", "providers": {"http_basic": {"realm": "shop", "hash_cache": {},
		"accounts": [{"username": "ada", "password": "` + string(hash) + `"}],
		"hash": {"algorithm": "bounded_bcrypt", "like": "` + string(hash) + `"}}}}`)
	address := serve(t, map[string]Owner{"shop.test": {Site: "web/shop", Set: "main"}},
		map[string]map[string][]SiteRoute{"web/shop": {"main": {at("/", handler, says("shop"))}}})
	for _, try := range []struct {
		name, password string
		status         int
	}{
		{"", "", 401}, {"ada", "wrong", 401}, {"bob", "right", 401}, {"ada", "", 401}, {"ada", strings.Repeat("x", 100), 401},
		{"ada", "right", 200}, {"ada", "right", 200}, {"ADA", "right", 401},
	} {
		request, _ := http.NewRequest(http.MethodGet, "http://"+address+"/", nil)
		request.Host = "shop.test"
		if try.name != "" {
			request.SetBasicAuth(try.name, try.password)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != try.status {
			t.Errorf("%s, %s: %s", try.name, try.password, response.Status)
		}
		if asked := response.Header.Get("WWW-Authenticate"); (asked == `Basic realm="shop"`) != (try.status == 401) {
			t.Errorf("%s, %s: %s", try.name, try.password, asked)
		}
	}
}

func TestTellsThatARequestShouldHaveBeenEncrypted(t *testing.T) {
	d := directory(t, map[string]Owner{
		"missing.test": {Site: "web/shop", Set: "main", TLS: bySecret},
		"early.test":   {Site: "web/shop", Set: "main", TLS: byACME},
		"plain.test":   {Site: "web/shop", Set: "main"},
		"own.test":     {Site: "web/shop", Set: "main", TLS: byInternal},
	}, map[string]map[string][]SiteRoute{"web/shop": {"main": {at("/", says("{http.vars.unencrypted}"))}}})
	plain, _ := serveTLS(t, d)
	for host, want := range map[string]string{"missing.test": "true", "early.test": "true", "plain.test": "", "own.test": ""} {
		if _, got := ask(t, plain, host, "/"); got != want {
			t.Errorf("%s: %q", host, got)
		}
	}
}
