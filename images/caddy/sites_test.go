package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// serve runs the handler in Caddy and returns the address.
func serve(t *testing.T, hosts map[string]Owner, sites map[string]map[string][]SiteRoute) string {
	address := freeAddress(t)
	newest.Store(new(directory(t, hosts, sites)))
	if err := caddy.Load(caddyJSON(t, address), false); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestFindsTheSiteOfAHost(t *testing.T) {
	address := serve(t, map[string]Owner{
		"shop.example.org":     {Site: "web/shop", Set: "main"},
		"www.shop.example.org": {Site: "web/shop", Set: "alias"},
		"*.example.org":        {Site: "web/any", Set: "main"},
		"::1":                  {Site: "web/six", Set: "main"},
		"none.example.org":     {Site: "web/none", Set: "main"},
		"empty.example.org":    {Site: "web/empty", Set: "main"},
	}, map[string]map[string][]SiteRoute{
		"web/shop":  {"main": {at("/", says("shop of {http.vars.site}"))}, "alias": {at("/", says("alias"))}},
		"web/any":   {"main": {at("/", says("any"))}},
		"web/six":   {"main": {at("/", says("six"))}},
		"web/empty": {"main": {at("/")}},
	})
	for host, want := range map[string]string{
		"shop.example.org":       "shop of web/shop",
		"SHOP.example.org:8080":  "shop of web/shop",
		"shop.example.org.":      "shop of web/shop",
		"shop.example.org.:8080": "shop of web/shop",
		"www.shop.example.org":   "alias",
		"other.example.org":      "any",
		"Other.example.org:80":   "any",
		"[::1]":                  "six",
		"[::1]:8080":             "six",
	} {
		if status, body := ask(t, address, host, "/"); status != 200 || body != want {
			t.Errorf("%s: %d %s", host, status, body)
		}
	}
	for host, want := range map[string]string{
		"example.org":         "No such Site",
		".example.org":        "No such Site",
		"*.other.org":         "No such Site",
		"a.b.example.org":     "No such Site",
		"shop.example.org..":  "No such Site",
		"a.shop.example.org":  "No such Site",
		"none.example.org":    "nothing at this path",
		"empty.example.org":   "nothing at this path",
		"192.168.0.1:8080":    "kubectl get sites -A",
		"[2001:db8::1]:8080":  "ashlar status",
		"x--y.z.example.org.": "No such Site",
	} {
		status, body := ask(t, address, host, "/")
		if status != 404 || !strings.Contains(body, want) || strings.Contains(body, host) {
			t.Errorf("%s: %d %s", host, status, body)
		}
	}
}

func TestChoosesTheLongestPathBySegments(t *testing.T) {
	var routes []SiteRoute
	for _, path := range []string{"/", "/api", "/api/v1.0", "/a/b/c"} {
		routes = append(routes, at(path, says(path+" {http.request.uri}")))
	}
	address := serve(t, map[string]Owner{"a": {Site: "web/a", Set: "main"}, "b": {Site: "web/b", Set: "main"}},
		map[string]map[string][]SiteRoute{"web/a": {"main": routes}, "web/b": {"main": routes[1:]}})
	for target, want := range map[string]string{
		"/":                              "/ /",
		"/api":                           "/api /api",
		"/api?x=/../y":                   "/api /api?x=/../y",
		"/api/":                          "/api /api/",
		"/api/x":                         "/api /api/x",
		"/apix":                          "/ /apix",
		"/API":                           "/ /API",
		"/api/v1.0/x":                    "/api/v1.0 /api/v1.0/x",
		"/api/v1.00":                     "/api /api/v1.00",
		"/a/b":                           "/ /a/b",
		"/a/b/c/d":                       "/a/b/c /a/b/c/d",
		"http://a":                       "/ /",
		"http://a/api/x":                 "/api /api/x",
		"/%61pi/x":                       "/api /%61pi/x",
		"/stra%C3%9Fe":                   "/ /stra%C3%9Fe",
		"//api":                          "/api //api",
		"/x//api":                        "/ /x//api",
		"/x/../api":                      "/api /api",
		"/x/../api/":                     "/api /api/",
		"/./api/.":                       "/api /api/",
		"/api/..":                        "/ /",
		"/api/../":                       "/ /",
		"/api/x/..":                      "/api /api/",
		"/api//../x":                     "/ /x",
		"/api/../../../x?y":              "/ /x?y",
		"/api/...":                       "/api /api/...",
		"/api/.well-known":               "/api /api/.well-known",
		"/api/%2e%2e/api/x":              "/api /api/x",
		"/@scope%2fname":                 "/ /@scope%2fname",
		"/api/a%2Fb":                     "/api /api/a%2Fb",
		"/api/a%5cb":                     "/api /api/a%5cb",
		`/api/a\b`:                       "/api /api/a%5Cb",
		"/api/a%2fb/%2e%2e/%63":          "/api /api/a/c",
		"/api/a%2fb/%2e%2e/%2e%2e/x":     "/api /api/x",
		"/api/%252e%252e/x":              "/api /api/%252e%252e/x",
		"/api/x;y=1":                     "/api /api/x;y=1",
		"/" + strings.Repeat("a/", 2000): "/ /" + strings.Repeat("a/", 2000),
	} {
		if status, body := ask(t, address, "a", target); status != 200 || body != want {
			t.Errorf("%.40s: %d %.80s", target, status, body)
		}
	}
	for _, target := range []string{
		"/api%2fx", "/api%2Fv1.0", "/api%5cx", `/api\x`, "/x%2f..%2fapi", "/x/..%2fapi", "/api/..%2fx", "/api/..%5cx", `/api/..\x`,
		"/api/%2e%2e/x", "/api/%2E./x", "/api/.%2e", "/%2e%2e/api", "/api/%2e%2e%2fx", "/a%2fb/c",
		"/api/..;/x", "/api/..;a=b/x", "/api/..%3b/x", "/api/v1%2e0", "/api;x", "/api;x/y", "/a;x/b/c",
	} {
		if status, body := ask(t, address, "a", target); status != 400 {
			t.Errorf("%s: %d %s", target, status, body)
		}
	}
	for _, target := range []string{"/", "/x", "/api/..", "/apix"} {
		if status, body := ask(t, address, "b", target); status != 404 || !strings.Contains(body, "nothing at this path") {
			t.Errorf("%s where there is no root: %d %s", target, status, body)
		}
	}
}

func TestLeavesOutTheSiteThatCaddyRefuses(t *testing.T) {
	address := serve(t, map[string]Owner{"good": {Site: "web/good", Set: "main"}, "bad": {Site: "web/bad", Set: "main"}, "alias": {Site: "web/bad", Set: "alias"}},
		map[string]map[string][]SiteRoute{
			"web/good": {"main": {at("/", says("good"))}},
			"web/bad": {
				"main":  {at("/", says("bad")), at("/api", json.RawMessage(`{"handler": "none"}`))},
				"alias": {at("/", says("bad"))},
			},
		})
	if status, body := ask(t, address, "good", "/"); status != 200 || body != "good" {
		t.Errorf("good: %d %s", status, body)
	}
	for _, host := range []string{"bad", "alias"} {
		if status, body := ask(t, address, host, "/"); status != 503 || !strings.Contains(body, "Site web/bad cannot be served") {
			t.Errorf("%s: %d %s", host, status, body)
		}
	}
	if refused := running.Load().refused(); len(refused) != 1 || !strings.Contains(refused["web/bad"], "path /api") || !strings.Contains(refused["web/bad"], "none") {
		t.Errorf("refused: %v", refused)
	}
}

func BenchmarkSites(b *testing.B) {
	for _, count := range []int{1, 1000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			hosts, routes := map[string]Owner{}, map[string]map[string][]SiteRoute{}
			for i := range count {
				site := fmt.Sprintf("web/s%d", i)
				hosts[fmt.Sprintf("s%d.example.org", i)] = Owner{Site: site, Set: "main"}
				routes[site] = map[string][]SiteRoute{"main": {at("/", says("")), at("/api", says("")), at("/api/v1", says(""))}}
			}
			root, cancel := caddy.NewContext(caddy.Context{Context: context.Background()})
			defer cancel()
			newest.Store(new(directory(b, hosts, routes)))
			handler := new(Sites)
			if err := handler.Provision(root); err != nil {
				b.Fatal(err)
			}
			defer handler.Cleanup()
			ctx := context.WithValue(context.Background(), caddyhttp.VarsCtxKey, map[string]any{})
			ctx = context.WithValue(ctx, caddy.ReplacerCtxKey, caddy.NewReplacer())
			request := httptest.NewRequestWithContext(ctx, "GET", fmt.Sprintf("http://s%d.example.org:8080/api/x/y", count/2), nil)
			response := httptest.NewRecorder()
			b.ReportAllocs()
			for b.Loop() {
				if err := handler.ServeHTTP(response, request, nil); err != nil || response.Code != 200 {
					b.Fatal(err, response.Code)
				}
			}
		})
	}
}

func TestAnswersWithTheSitesPageWhenNobodyElseDoes(t *testing.T) {
	fails := func(status int) json.RawMessage {
		return fmt.Appendf(nil, `{"handler": "error", "status_code": %d}`, status)
	}
	page := json.RawMessage(`{"handler": "static_response", "status_code": "{http.vars.failure}", "body": "ours"}`)
	routes := []SiteRoute{at("/", says("well")), at("/502", fails(502)), at("/504", fails(504)), at("/403", fails(403))}
	address := serve(t, map[string]Owner{"a": {Site: "web/a", Set: "main"}, "b": {Site: "web/b", Set: "main"}, "c": {Site: "web/c", Set: "main"}},
		map[string]map[string][]SiteRoute{
			"web/a": {"main": routes, "failure": {at("/", page)}},
			"web/b": {"main": routes},
			"web/c": {"main": routes, "failure": {at("/", fails(404))}},
		})
	for target, want := range map[string]string{
		"a/": "200 well", "a/502": "503 ours", "a/504": "504 ours", "a/403": "403 ",
		"b/502": "502 ", "c/502": "502 ", "c/504": "504 ",
	} {
		host, path, _ := strings.Cut(target, "/")
		if status, body := ask(t, address, host, "/"+path); fmt.Sprintf("%d %s", status, body) != want {
			t.Errorf("%s: %d %s", target, status, body)
		}
	}
}
