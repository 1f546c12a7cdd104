package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	shortestWait = 250 * time.Millisecond
	longestWait  = 10 * time.Second
)

// secret is a Secret that is watched, with the rights to get and watch this one only.
type secret struct {
	kube
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
	cluster, err := kubeOfPod()
	if err == nil && namespace == "" {
		namespace, err = cluster.namespace()
	}
	return secret{cluster, namespace, name}, err
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
	address := s.api + pathOf(s.namespace, "secrets", "") + "?" + query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := s.send(request)
	if err != nil {
		return fmt.Errorf("%w; the pod's ServiceAccount must be allowed to get and watch it", err)
	}
	defer response.Body.Close()
	decoder := json.NewDecoder(response.Body)
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
