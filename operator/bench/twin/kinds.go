package main

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var group = schema.GroupVersion{Group: "ashlar.dev", Version: "v1alpha1"}

// Site is a website, as far as the twin knows it.
type Site struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              *SiteSpec   `json:"spec,omitempty"`
	Status            *SiteStatus `json:"status,omitempty"`
}

type SiteSpec struct {
	Content Content `json:"content"`
}

type Content struct {
	Image    string `json:"image"`
	Replicas *int32 `json:"replicas,omitempty"`
}

type SiteStatus struct {
	ObservedGeneration int64              `json:"observedGeneration,omitempty"`
	Conditions         []metav1.Condition `json:"conditions,omitempty"`
	URL                string             `json:"url,omitempty"`
	Revision           *SiteRevision      `json:"revision,omitempty"`
	Inventory          map[string]string  `json:"inventory,omitempty"`
}

type SiteRevision struct {
	Digests map[string]string `json:"digests"`
}

// Workload is Ashlar's Service.
type Workload struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              *WorkloadSpec   `json:"spec,omitempty"`
	Status            *WorkloadStatus `json:"status,omitempty"`
}

type WorkloadSpec struct {
	Image    string `json:"image"`
	Replicas *int32 `json:"replicas,omitempty"`
	Ports    []Port `json:"ports,omitempty"`
}

type Port struct {
	Name     string `json:"name"`
	Port     int32  `json:"port"`
	Protocol string `json:"protocol,omitempty"`
}

type WorkloadStatus struct {
	ObservedGeneration int64              `json:"observedGeneration,omitempty"`
	Conditions         []metav1.Condition `json:"conditions,omitempty"`
	Revision           *Revision          `json:"revision,omitempty"`
	Replicas           *int32             `json:"replicas,omitempty"`
	Selector           string             `json:"selector,omitempty"`
}

type Revision struct {
	Digest string `json:"digest"`
}

type SiteList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Site `json:"items"`
}

type WorkloadList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Workload `json:"items"`
}

func addKinds(scheme *runtime.Scheme) {
	scheme.AddKnownTypeWithName(group.WithKind("Site"), &Site{})
	scheme.AddKnownTypeWithName(group.WithKind("SiteList"), &SiteList{})
	scheme.AddKnownTypeWithName(group.WithKind("Service"), &Workload{})
	scheme.AddKnownTypeWithName(group.WithKind("ServiceList"), &WorkloadList{})
	metav1.AddToGroupVersion(scheme, group)
}

func (in *Site) DeepCopyObject() runtime.Object {
	out := *in
	in.ObjectMeta.DeepCopyInto(&out.ObjectMeta)
	if in.Spec != nil {
		out.Spec = copied(in.Spec)
		out.Spec.Content.Replicas = copied(in.Spec.Content.Replicas)
	}
	if in.Status != nil {
		out.Status = copied(in.Status)
		out.Status.Conditions = append([]metav1.Condition(nil), in.Status.Conditions...)
	}
	return &out
}

func (in *Workload) DeepCopyObject() runtime.Object {
	out := *in
	in.ObjectMeta.DeepCopyInto(&out.ObjectMeta)
	if in.Spec != nil {
		out.Spec = copied(in.Spec)
		out.Spec.Replicas = copied(in.Spec.Replicas)
		out.Spec.Ports = append([]Port(nil), in.Spec.Ports...)
	}
	if in.Status != nil {
		out.Status = copied(in.Status)
		out.Status.Conditions = append([]metav1.Condition(nil), in.Status.Conditions...)
	}
	return &out
}

func (in *SiteList) DeepCopyObject() runtime.Object {
	out := *in
	out.Items = make([]Site, len(in.Items))
	for i := range in.Items {
		out.Items[i] = *in.Items[i].DeepCopyObject().(*Site)
	}
	return &out
}

func (in *WorkloadList) DeepCopyObject() runtime.Object {
	out := *in
	out.Items = make([]Workload, len(in.Items))
	for i := range in.Items {
		out.Items[i] = *in.Items[i].DeepCopyObject().(*Workload)
	}
	return &out
}

func copied[T any](value *T) *T {
	if value == nil {
		return nil
	}
	copied := *value
	return &copied
}
