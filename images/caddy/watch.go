package main

import (
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
	"path/filepath"
	"strings"
	"time"
)

const (
	serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"
	shortestWait   = 250 * time.Millisecond
	longestWait    = 10 * time.Second
)

// secret is where a Secret is watched, with the rights to get and watch this one only.
type secret struct {
	api             string // like https://10.43.0.1:443
	account         string // the folder with the files token and ca.crt
	namespace, name string
}

type event struct {
	Type   string
	Object struct {
		Data    map[string][]byte
		Message string // of an ERROR
	}
}

// secretOfPod is a Secret of the cluster that this process runs in; the namespace defaults to the pod's.
func secretOfPod(namespace, name string) (secret, error) {
	host, port := os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")
	if host == "" || port == "" {
		return secret{}, errors.New("there is no KUBERNETES_SERVICE_HOST or _PORT: this command is for a pod; elsewhere use `caddy run`")
	}
	if namespace == "" {
		own, err := os.ReadFile(filepath.Join(serviceAccount, "namespace"))
		if err != nil {
			return secret{}, fmt.Errorf("cannot tell the namespace: %w; mount the pod's ServiceAccount or give --namespace", err)
		}
		namespace = strings.TrimSpace(string(own))
	}
	return secret{"https://" + net.JoinHostPort(host, port), serviceAccount, namespace, name}, nil
}

// follow sends the value of a key, first as it is and then after each change, until the context ends.
func (s secret) follow(ctx context.Context, key string, values chan<- []byte) {
	wait, failures := shortestWait, 0
	succeeded := func() {
		if failures > 1 {
			log().Infof("the Secret %s/%s can be watched again", s.namespace, s.name)
		}
		wait, failures = shortestWait, 0
	}
	for {
		err := s.watch(ctx, func(e event) {
			succeeded()
			if e.Type == "DELETED" {
				log().Warnf("the Secret %s/%s is gone; what runs goes on until the operator writes it again", s.namespace, s.name)
				return
			}
			value, found := e.Object.Data[key]
			if !found {
				log().Infof("the Secret %s/%s has no %s; the operator writes it once it has heard of all Sites", s.namespace, s.name, key)
				return
			}
			select {
			case values <- value:
			case <-ctx.Done():
			}
		})
		if err == nil {
			succeeded()
		} else if failures++; failures == 2 && ctx.Err() == nil {
			log().Warnf("the Secret %s/%s cannot be watched, what runs goes on: %v", s.namespace, s.name, err)
		}
		select {
		case <-time.After(wait):
			wait = min(2*wait, longestWait)
		case <-ctx.Done():
			return
		}
	}
}

// watch calls back for each event of one connection. It asks for no resourceVersion, so the first event is the Secret
// as it is, and none when there is no such Secret.
func (s secret) watch(ctx context.Context, each func(event)) error {
	ctx, cancel := context.WithTimeout(ctx, 300*time.Second)
	defer cancel()
	query := url.Values{
		"watch":               {"true"},
		"fieldSelector":       {"metadata.name=" + s.name},
		"timeoutSeconds":      {"290"},
		"allowWatchBookmarks": {"false"},
	}
	address := fmt.Sprintf("%s/api/v1/namespaces/%s/secrets?%s", s.api, url.PathEscape(s.namespace), query.Encode())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	transport, err := s.authenticate(request)
	if err != nil {
		return err
	}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	decoder := json.NewDecoder(response.Body)
	if response.StatusCode != http.StatusOK {
		var status struct{ Message string }
		_ = decoder.Decode(&status)
		return fmt.Errorf("%s: %s; the pod's ServiceAccount must be allowed to get and watch it", response.Status, status.Message)
	}
	for {
		var e event
		switch err := decoder.Decode(&e); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case e.Type == "ERROR":
			return errors.New(e.Object.Message)
		}
		each(e)
	}
}

// authenticate reads token and CA as they are now, since both rotate; the transport is for this request only.
func (s secret) authenticate(request *http.Request) (*http.Transport, error) {
	token, errToken := os.ReadFile(filepath.Join(s.account, "token"))
	ca, errCA := os.ReadFile(filepath.Join(s.account, "ca.crt"))
	if err := cmp.Or(errToken, errCA); err != nil {
		return nil, fmt.Errorf("cannot read the ServiceAccount: %w; do not set automountServiceAccountToken to false", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(ca) {
		return nil, fmt.Errorf("%s/ca.crt holds no certificate", s.account)
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	return &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:       &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 10 * time.Second,
		ForceAttemptHTTP2:     true,
		// So that an API server which stands still is noticed, though its machine goes on answering TCP's keep-alives.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
	}, nil
}
