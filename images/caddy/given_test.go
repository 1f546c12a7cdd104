package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"testing"
	"time"
)

// pair is a self-signed certificate with its key, as PEM.
func pair(t *testing.T, ends time.Time, names ...string) string {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(ends.Unix()), NotBefore: ends.Add(-time.Hour), NotAfter: ends, DNSNames: names,
		IsCA: true, BasicConstraintsValid: true,
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})) +
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
}

func TestServesTheCertificateThatWasGiven(t *testing.T) {
	ends := time.Now().Add(time.Minute).Truncate(time.Second)
	d := directory(t, map[string]Owner{
		"shop.test":    {Site: "web/shop", Set: "main", TLS: bySecret, Certificate: "good"},
		"*.shop.test":  {Site: "web/shop", Set: "main", TLS: bySecret, Certificate: "good"},
		"other.test":   {Site: "web/shop", Set: "main", TLS: bySecret, Certificate: "good"},
		"old.test":     {Site: "web/shop", Set: "main", TLS: bySecret, Certificate: "old"},
		"broken.test":  {Site: "web/shop", Set: "main", TLS: bySecret, Certificate: "broken"},
		"missing.test": {Site: "web/shop", Set: "main", TLS: bySecret, Certificate: "none"},
	}, map[string]map[string][]SiteRoute{"web/shop": {"main": {at("/", says("shop"))}}})
	good := pair(t, ends, "shop.test", "*.shop.test")
	d.Given = map[string]string{"good": good, "old": pair(t, time.Now().Add(-time.Minute), "old.test"), "broken": "no PEM"}
	_, encrypted := serveTLS(t, d)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(good))
	for name, served := range map[string]bool{"shop.test": true, "a.shop.test": true, "other.test": false, "broken.test": false, "missing.test": false} {
		connection, err := tls.Dial("tcp", encrypted, &tls.Config{ServerName: name, RootCAs: roots})
		if (err == nil) != served {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			connection.Close()
		}
	}
	states := certificates.Load().states()
	if state := states["shop.test"]; state.Trouble != nil || state.NotAfter == nil || !state.NotAfter.Equal(ends) {
		t.Errorf("shop.test: %v", state)
	}
	for _, name := range []string{"other.test", "old.test", "broken.test", "missing.test"} {
		if state := states[name]; state.Trouble == nil || state.Trouble.Type != "given" || state.NotAfter != nil {
			t.Errorf("%s: %v", name, state)
		}
	}
	d.Given = map[string]string{"good": pair(t, ends.Add(time.Minute), "shop.test", "*.shop.test")}
	certificates.Load().follow(&d)
	if state := certificates.Load().states()["shop.test"]; !state.NotAfter.Equal(ends.Add(time.Minute)) {
		t.Errorf("the renewed one is not taken: %v", state)
	}
}
