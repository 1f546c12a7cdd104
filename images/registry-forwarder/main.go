// Command registry-forwarder is what a node's container runtime pulls from: it listens on the node's loopback only,
// lets nothing but reading through, and passes it on to the cluster's registry over TLS with the credentials of a Secret.
package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

type files struct{ ca, credentials string }

func main() {
	log.SetFlags(0)
	listen := flag.String("listen", "127.0.0.1:5000", "address to listen on; others than the loopback are refused")
	registry := flag.String("registry", "https://registry.ashlar-system.svc:5000", "URL of the cluster's registry")
	var from files
	flag.StringVar(&from.ca, "ca", "/run/registry-tls/ca.crt", "file with the certificate of the registry's CA")
	flag.StringVar(&from.credentials, "credentials", "/run/registry-credentials", "folder with the files username and password")
	flag.Parse()
	if err := run(*listen, *registry, from); err != nil {
		log.Fatalf("registry-forwarder: %v", err)
	}
}

func run(listen, registry string, from files) error {
	if !strings.HasPrefix(listen, "127.0.0.1:") {
		return fmt.Errorf("-listen %s is not on the loopback, where the registry would be open to the network; use 127.0.0.1:PORT", listen)
	}
	target, err := url.Parse(registry)
	if err != nil || target.Scheme != "https" || target.Host == "" {
		return fmt.Errorf("-registry %s is not a URL like https://HOST:PORT", registry)
	}
	server := &http.Server{Addr: listen, Handler: handler(target, from), ReadHeaderTimeout: 10 * time.Second}
	stopping, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	go func() {
		<-stopping.Done()
		limit, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		_ = server.Shutdown(limit)
	}()
	log.Printf("forwarding %s to %s", listen, registry)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("cannot listen on %s: %w; end what holds the port (ss -ltnp shows it)", listen, err)
	}
	return nil
}

// handler answers /healthz itself and forwards GET and HEAD of /v2/.
func handler(target *url.URL, from files) http.Handler {
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // so that a Location of the registry leads back here
			r.Out.Header.Del("Authorization")
			if user, password, err := from.login(); err == nil {
				r.Out.SetBasicAuth(user, password)
			} else {
				log.Printf("no credentials: %v", err)
			}
		},
		Transport: transport(from),
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
			http.Error(w, fmt.Sprintf("the registry %s does not answer: %v", target.Host, err), http.StatusBadGateway)
		},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/v2/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "this address is for pulling; push with: ashlar publish", http.StatusMethodNotAllowed)
			return
		}
		proxy.ServeHTTP(w, r)
	})
	return mux
}

// transport verifies the registry's certificate with the CA as it is in the file at each handshake.
func transport(from files) http.RoundTripper {
	verify := func(state tls.ConnectionState) error {
		pem, err := os.ReadFile(from.ca)
		if err != nil {
			return fmt.Errorf("cannot read the registry's CA: %w", err)
		}
		options := x509.VerifyOptions{Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool(), DNSName: state.ServerName}
		if !options.Roots.AppendCertsFromPEM(pem) {
			return fmt.Errorf("%s holds no certificate", from.ca)
		}
		for _, certificate := range state.PeerCertificates[1:] {
			options.Intermediates.AddCert(certificate)
		}
		_, err = state.PeerCertificates[0].Verify(options)
		return err
	}
	return &http.Transport{
		// The usual check would hold on to the CA of the start; VerifyConnection does the whole check instead.
		TLSClientConfig:       &tls.Config{InsecureSkipVerify: true, VerifyConnection: verify, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 60 * time.Second,
		IdleConnTimeout:       60 * time.Second,
		MaxIdleConnsPerHost:   8,
		DisableCompression:    true,
	}
}

// login reads the credentials as the Secret's volume shows them now.
func (f files) login() (user, password string, err error) {
	name, errName := os.ReadFile(filepath.Join(f.credentials, "username"))
	secret, errSecret := os.ReadFile(filepath.Join(f.credentials, "password"))
	return strings.TrimSpace(string(name)), strings.TrimSpace(string(secret)), cmp.Or(errName, errSecret)
}
