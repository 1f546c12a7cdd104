package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const mounted = "/var/run/secrets/kubernetes.io/serviceaccount"

// api reads the API server with the pod's ServiceAccount.
type api struct {
	base   string
	folder string // token and ca.crt; the token is read anew for each request, since the kubelet renews it
	client *http.Client
}

func inCluster() (*api, error) {
	host, port := os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")
	if host == "" || port == "" {
		return nil, errors.New("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set; this program runs in a pod")
	}
	pem, err := os.ReadFile(filepath.Join(mounted, "ca.crt"))
	if err != nil {
		return nil, fmt.Errorf("cannot read the API server's CA: %w; give the pod its ServiceAccount's token (automountServiceAccountToken)", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s/ca.crt holds no certificate", mounted)
	}
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, IdleConnTimeout: time.Minute,
	}
	return &api{"https://" + net.JoinHostPort(host, port), mounted, &http.Client{Transport: transport}}, nil
}

// get reads one path as JSON; an error is a sentence for the page.
func (a *api) get(ctx context.Context, path string, into any) error {
	token, err := os.ReadFile(filepath.Join(a.folder, "token"))
	if err != nil {
		return fmt.Errorf("The pod's token cannot be read: %w.", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+path, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	request.Header.Set("Accept", "application/json")
	response, err := a.client.Do(request)
	if err != nil {
		return fmt.Errorf("The API server at %s does not answer: %w.", a.base, cause(err))
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		if err := json.NewDecoder(response.Body).Decode(into); err != nil {
			return fmt.Errorf("The API server's answer to %s cannot be read: %w.", path, err)
		}
		return nil
	case http.StatusNotFound:
		return fmt.Errorf("The API server does not know %s; Ashlar's resource definitions are not applied yet.", path)
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("The API server refuses %s with %s; the ServiceAccount of this pod lacks the right to list it.", path, response.Status)
	default:
		return fmt.Errorf("The API server answers %s with %s.", path, response.Status)
	}
}

// cause leaves out the method and the URL that net/http puts before an error.
func cause(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}
