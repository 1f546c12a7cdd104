package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

const (
	together    = 200 * time.Millisecond // what changes within goes into one report
	reportAgain = 10 * time.Second       // after one that failed
)

// news wakes whoever reports.
var news = make(bell, 1)

type bell chan struct{}

func (b bell) tell() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// status is what the gateway tells of itself.
type status struct {
	Hash         string                      `json:"hash"`
	Refused      map[string]string           `json:"refused"`
	Certificates map[string]CertificateState `json:"certificates,omitempty"`
}

// report writes the status into a ConfigMap whenever it is another one, and beside it the certificate of the own CA.
func (g *gateway) report(ctx context.Context, cluster kube, namespace, name string) {
	path := "/api/v1/namespaces/" + url.PathEscape(namespace) + "/configmaps/" + url.PathEscape(name)
	var before []byte
	for {
		select {
		case <-news:
		case <-ctx.Done():
			return
		}
		time.Sleep(together)
		told, err := json.Marshal(map[string]map[string]string{"data": g.told()})
		if err == nil && !bytes.Equal(told, before) {
			err = cluster.do(ctx, http.MethodPatch, path, "application/merge-patch+json", json.RawMessage(told), nil)
		}
		if err != nil {
			log().Warnf("the status cannot be written into ConfigMap %s/%s, which is tried again: %v", namespace, name, err)
			time.AfterFunc(reportAgain, news.tell)
			continue
		}
		before = told
	}
}

func (g *gateway) told() map[string]string {
	status := g.status()
	status.Hash = "" // it changes with every Site, and nobody waits for it here
	told, _ := json.Marshal(status)
	data := map[string]string{"status.json": string(told)}
	if c := certificates.Load(); c != nil {
		data["ca.crt"] = string(c.own.root)
	}
	return data
}

// status is nothing at all before the first configuration.
func (g *gateway) status() status {
	told := status{Refused: map[string]string{}}
	if running := g.running.Load(); running != nil {
		told = *running
	}
	if c := certificates.Load(); c != nil {
		told.Certificates = c.states()
	}
	return told
}
