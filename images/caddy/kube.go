package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"

// kube is the API server, as the pod's ServiceAccount sees it.
type kube struct {
	api     string // like https://10.43.0.1:443
	account string // the folder with the files token, namespace and ca.crt
	*connections
}

// connections are kept for as long as the API server's CA is the same.
type connections struct {
	lock      sync.Mutex
	ca        []byte
	transport *http.Transport
}

// refusal is an answer of the API server that is not a success.
type refusal struct {
	status  int
	message string
}

func (r refusal) Error() string {
	return fmt.Sprintf("%d %s: %s", r.status, http.StatusText(r.status), r.message)
}

// isBusy tells whether it may well answer otherwise the next time.
func (r refusal) isBusy() bool { return r.status == http.StatusTooManyRequests || r.status >= 500 }

// isStatus tells whether the API server answered with that status.
func isStatus(err error, status int) bool {
	var refused refusal
	return errors.As(err, &refused) && refused.status == status
}

// kubeOfPod is the cluster that this process runs in.
func kubeOfPod() (kube, error) {
	host, port := os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")
	if host == "" || port == "" {
		return kube{}, errors.New("there is no KUBERNETES_SERVICE_HOST or _PORT: this is for a pod; elsewhere use `caddy run` and its files")
	}
	return kube{"https://" + net.JoinHostPort(host, port), serviceAccount, new(connections)}, nil
}

// namespace is that of the pod.
func (k kube) namespace() (string, error) {
	own, err := os.ReadFile(filepath.Join(k.account, "namespace"))
	if err != nil {
		return "", fmt.Errorf("cannot tell the namespace: %w; mount the pod's ServiceAccount", err)
	}
	return strings.TrimSpace(string(own)), nil
}

// pathOf is that of a resource, or of all of its kind when the name is empty.
func pathOf(namespace, kind, name string) string {
	return path.Join("/api/v1/namespaces", url.PathEscape(namespace), kind, url.PathEscape(name))
}

// do sends a request with a body of a content type, and reads the answer into what is not nil.
func (k kube) do(ctx context.Context, method, path, contentType string, body, into any) error {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, k.api+path, content)
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := k.send(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if into == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(into)
}

// send returns a success, or an error that may be a refusal. Token and CA are read as they are now, since both rotate.
func (k kube) send(request *http.Request) (*http.Response, error) {
	token, errToken := os.ReadFile(filepath.Join(k.account, "token"))
	ca, errCA := os.ReadFile(filepath.Join(k.account, "ca.crt"))
	if err := cmp.Or(errToken, errCA); err != nil {
		return nil, fmt.Errorf("cannot read the ServiceAccount: %w; do not set automountServiceAccountToken to false", err)
	}
	transport, err := k.trusting(ca)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 != 2 {
		defer response.Body.Close()
		var status struct{ Message string }
		_ = json.NewDecoder(response.Body).Decode(&status)
		return nil, refusal{response.StatusCode, status.Message}
	}
	return response, nil
}

func (c *connections) trusting(ca []byte) (*http.Transport, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.transport != nil && bytes.Equal(c.ca, ca) {
		return c.transport, nil
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(ca) {
		return nil, errors.New("the ServiceAccount's ca.crt holds no certificate")
	}
	if c.transport != nil {
		c.transport.CloseIdleConnections()
	}
	c.ca, c.transport = ca, &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:       &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 10 * time.Second,
		IdleConnTimeout:       time.Minute,
		ForceAttemptHTTP2:     true,
		// So that an API server which stands still is noticed, though its machine goes on answering TCP's keep-alives.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
	}
	return c.transport, nil
}
