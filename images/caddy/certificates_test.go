package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"
	"github.com/mholt/acmez/v3/acme"
	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

// serveTLS runs the handler in Caddy with and without encryption.
func serveTLS(t *testing.T, d Directory) (plain, encrypted string) {
	plain, encrypted = freeAddress(t), freeAddress(t)
	var config map[string]any
	if err := json.Unmarshal(caddyJSON(t, plain), &config); err != nil {
		t.Fatal(err)
	}
	apps := config["apps"].(map[string]any)
	http := apps["http"].(map[string]any)
	http["http_port"] = netip.MustParseAddrPort(plain).Port()
	server := http["servers"].(map[string]any)["sites"].(map[string]any)
	server["listen"] = []string{plain, encrypted}
	server["tls_connection_policies"] = []any{map[string]any{}}
	apps["certificates"] = map[string]any{"acme": map[string]any{"directory": "https://127.0.0.1:1/nobody"}}
	apps["pki"] = map[string]any{"certificate_authorities": map[string]any{"local": map[string]any{"install_trust": false}}}
	apps["tls"] = map[string]any{"automation": map[string]any{
		"policies":  []any{map[string]any{"get_certificate": []any{map[string]any{"via": "sites"}}}},
		"on_demand": map[string]any{"permission": map[string]any{"module": "nobody"}},
	}}
	newest.Store(&d)
	if err := caddy.Load(marshal(t, config), false); err != nil {
		t.Fatal(err)
	}
	return plain, encrypted
}

func TestAHostHasACertificateOfTheOwnCAWhenItAsksForOne(t *testing.T) {
	d := directory(t, map[string]Owner{
		"shop.test":   {Site: "web/shop", Set: "main", TLS: byInternal},
		"*.shop.test": {Site: "web/shop", Set: "main", TLS: byInternal},
		"plain.test":  {Site: "web/shop", Set: "main"},
	}, map[string]map[string][]SiteRoute{"web/shop": {"main": {at("/", says("shop"))}}})
	d.Clients = Clients{HTTP: 80, HTTPS: 443}
	_, encrypted := serveTLS(t, d)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificates.Load().own.root)
	for name, served := range map[string]bool{"shop.test": true, "a.shop.test": true, "plain.test": false, "none.test": false} {
		connection, err := tls.Dial("tcp", encrypted, &tls.Config{ServerName: name, RootCAs: roots})
		if (err == nil) != served {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			connection.Close()
		}
	}
	transport := &http3.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(func() { transport.Close() })
	transport.Dial = func(ctx context.Context, _ string, client *tls.Config, quicConfig *quic.Config) (*quic.Conn, error) {
		return quic.DialAddrEarly(ctx, encrypted, client, quicConfig)
	}
	response, err := (&http.Client{Transport: transport}).Get("https://shop.test/")
	if err != nil || response.ProtoMajor != 3 || response.StatusCode != http.StatusOK {
		t.Errorf("HTTP/3: %v, %v", response, err)
	}
	if _, err := tls.Dial("tcp", encrypted, &tls.Config{ServerName: "shop.test", RootCAs: roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
}

func TestSendsClientsToTheEncryptedWay(t *testing.T) {
	d := directory(t, map[string]Owner{
		"shop.test":  {Site: "web/shop", Set: "main", TLS: byInternal},
		"plain.test": {Site: "web/shop", Set: "main"},
	}, map[string]map[string][]SiteRoute{"web/shop": {"main": {at("/", says("{http.vars.scheme} {http.vars.port}"))}}})
	d.Clients = Clients{HTTP: 8080, HTTPS: 8443, Trusted: true}
	plain, _ := serveTLS(t, d)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for host, want := range map[string]string{
		"shop.test": "308 https://shop.test:8443/a?b=c", "SHOP.test:8080": "308 https://SHOP.test:8443/a?b=c", "plain.test": "200 http :8080",
	} {
		request, _ := http.NewRequest(http.MethodGet, "http://"+plain+"/a?b=c", nil)
		request.Host = host
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if got := response.Status[:4] + response.Header.Get("Location") + string(body); got != want {
			t.Errorf("%s: %s", host, got)
		}
	}
}

func TestSaysWhatTheACMEServerSaid(t *testing.T) {
	problem := acme.Problem{Type: acme.ProblemTypeNamespace + "dns", Detail: "NXDOMAIN for shop.test"}
	for want, err := range map[string]error{
		"dns: NXDOMAIN for shop.test":       errors.Join(errors.New("[shop.test] Obtain"), problem),
		"dns: NXDOMAIN for shop.test\n":     acme.Problem{Type: acme.ProblemTypeNamespace + "compound", Subproblems: []acme.Subproblem{{Problem: problem}}},
		": dial tcp: connection refused":    errors.New("dial tcp: connection refused"),
		"rateLimited: too many until 12:00": acme.Problem{Type: acme.ProblemTypeNamespace + "rateLimited", Detail: "too many until 12:00"},
	} {
		if got := troubleOf(err); got.Type+": "+got.Detail != strings.TrimSuffix(want, "\n") {
			t.Errorf("%v instead of %s", got, want)
		}
	}
}
