package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
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
	Hash string `json:"hash"` // of the configuration that runs
	findings
}

// findings is what it tells in the cluster: nothing that changes with every Site.
type findings struct {
	Refused      map[string]string           `json:"refused"`
	Certificates map[string]CertificateState `json:"certificates,omitempty"`
}

// report writes the findings into a ConfigMap whenever they are other ones, and beside it the certificate of the own CA.
func (g *gateway) report(ctx context.Context, cluster kube, namespace, name string) {
	path := pathOf(namespace, "configmaps", name)
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
	told, _ := json.Marshal(g.status().findings) // of strings and times
	data := map[string]string{"status.json": string(told)}
	if c := certificates.Load(); c != nil {
		data["ca.crt"] = string(c.own.root)
	}
	return data
}

// status is nothing at all before the first configuration.
func (g *gateway) status() status {
	told := status{findings: findings{Refused: map[string]string{}}}
	if running := g.running.Load(); running != nil {
		told = *running
	}
	if c := certificates.Load(); c != nil {
		told.Certificates = c.states()
	}
	return told
}
