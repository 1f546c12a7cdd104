package main

import (
	"context"
	"strings"
	"sync"
	"time"
)

// status is what this cluster runs, as the page and /status.json show it.
type status struct {
	Kubernetes string     `json:"kubernetes"`
	Nodes      []node     `json:"nodes"`
	Sites      []workload `json:"sites"`
	Services   []workload `json:"services"`
	Errors     []string   `json:"errors"`
}

type node struct {
	Name    string `json:"name"`
	Ready   string `json:"ready"`
	Message string `json:"message"`
	Kubelet string `json:"kubelet"`
}

// workload is a Site or a Service; Ready is True, False or Unknown.
type workload struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Ready     string `json:"ready"`
	Message   string `json:"message"`
	Digest    string `json:"digest"`
	URL       string `json:"url,omitempty"`
}

type condition struct{ Type, Status, Message string }

type metadata struct{ Namespace, Name string }

// nodes and workloads are the fields read of the API's lists.
type nodes struct {
	Items []struct {
		Metadata metadata
		Status   struct {
			Conditions []condition
			NodeInfo   struct{ KubeletVersion string }
		}
	}
}

type workloads struct {
	Items []struct {
		Metadata metadata
		Spec     struct {
			Image   string
			Content struct{ Image string }
		}
		Status struct {
			URL        string
			Conditions []condition
		}
	}
}

// read asks for all at once, each for itself, so that one refusal does not hide the rest.
func (a *api) read(ctx context.Context) status {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var version struct{ GitVersion string }
	var found nodes
	var sites, services workloads
	errs := make([]error, 4)
	var all sync.WaitGroup
	for i, question := range []struct {
		path string
		into any
	}{
		{"/version", &version},
		{"/api/v1/nodes", &found},
		{"/apis/ashlar.dev/v1alpha1/sites", &sites},
		{"/apis/ashlar.dev/v1alpha1/services", &services},
	} {
		all.Go(func() { errs[i] = a.get(ctx, question.path, question.into) })
	}
	all.Wait()
	return status{version.GitVersion, found.list(), sites.list(), services.list(), sentences(errs)}
}

func (n nodes) list() []node {
	list := make([]node, 0, len(n.Items))
	for _, item := range n.Items {
		ready, message := readiness(item.Status.Conditions)
		list = append(list, node{item.Metadata.Name, ready, message, item.Status.NodeInfo.KubeletVersion})
	}
	return list
}

func (w workloads) list() []workload {
	list := make([]workload, 0, len(w.Items))
	for _, item := range w.Items {
		ready, message := readiness(item.Status.Conditions)
		_, digest, _ := strings.Cut(item.Spec.Image+item.Spec.Content.Image, "@")
		list = append(list, workload{item.Metadata.Namespace, item.Metadata.Name, ready, message, digest, item.Status.URL})
	}
	return list
}

func readiness(conditions []condition) (ready, message string) {
	for _, c := range conditions {
		if c.Type == "Ready" {
			return c.Status, c.Message
		}
	}
	return "Unknown", "nothing has reported on it yet"
}

// sentences leaves out repetitions: an API server that is down is down for every question.
func sentences(errs []error) []string {
	list := []string{}
	seen := map[string]bool{}
	for _, err := range errs {
		if err != nil && !seen[err.Error()] {
			seen[err.Error()] = true
			list = append(list, err.Error())
		}
	}
	return list
}
