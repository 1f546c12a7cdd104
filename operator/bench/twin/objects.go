package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const (
	ownerLabel    = "ashlar.dev/owner"
	siteLabel     = "ashlar.dev/site"
	revisionLabel = "ashlar.dev/revision"
	id            = int64(65532)
)

// outside is what pods may not reach, as the operator reads it from its settings.
var outside = []string{"169.254.0.0/16", "198.18.0.0/15", "198.18.0.2/32"}

func child(owner client.Object, kind, name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{
		Name:      name,
		Namespace: owner.GetNamespace(),
		Labels:    map[string]string{ownerLabel: owner.GetName()},
		OwnerReferences: []metav1.OwnerReference{{
			APIVersion: group.String(), Kind: kind, Name: owner.GetName(), UID: owner.GetUID(), Controller: ptr(true),
		}},
	}
}

func workloadOf(site *Site) *Workload {
	return &Workload{
		TypeMeta:   metav1.TypeMeta{APIVersion: group.String(), Kind: "Service"},
		ObjectMeta: child(site, "Site", site.Name+"-content"),
		Spec: &WorkloadSpec{
			Image:    site.Spec.Content.Image,
			Replicas: site.Spec.Content.Replicas,
			Ports:    []Port{{Name: "http", Port: 8080, Protocol: "TCP"}},
		},
	}
}

func revisionOf(site *Site) *appsv1.ControllerRevision {
	spec, err := json.Marshal(site.Spec)
	if err != nil {
		panic(err)
	}
	return &appsv1.ControllerRevision{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "ControllerRevision"},
		ObjectMeta: child(site, "Site", fmt.Sprintf("%s.site-%s.%d", site.Name, site.UID[:8], site.Generation)),
		Data:       runtime.RawExtension{Raw: spec},
		Revision:   site.Generation,
	}
}

func serviceOf(w *Workload) *corev1.Service {
	service := &corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: child(w, "Service", w.Name),
		Spec:       corev1.ServiceSpec{Type: corev1.ServiceTypeClusterIP, Selector: owned(w)},
	}
	for _, port := range w.Spec.Ports {
		service.Spec.Ports = append(service.Spec.Ports, corev1.ServicePort{
			Name: port.Name, Port: port.Port, TargetPort: intstr.FromString(port.Name), Protocol: corev1.ProtocolTCP,
		})
	}
	return service
}

func policyOf(w *Workload) *networkingv1.NetworkPolicy {
	site := metav1.LabelSelector{MatchLabels: map[string]string{siteLabel: siteOf(w)}}
	return &networkingv1.NetworkPolicy{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
		ObjectMeta: child(w, "Service", w.Name),
		Spec: networkingv1.NetworkPolicySpec{
			PodSelector: metav1.LabelSelector{MatchLabels: owned(w)},
			PolicyTypes: []networkingv1.PolicyType{"Ingress", "Egress"},
			Ingress: []networkingv1.NetworkPolicyIngressRule{{
				From: []networkingv1.NetworkPolicyPeer{{PodSelector: &site}, namespace("ashlar-system")},
			}},
			Egress: []networkingv1.NetworkPolicyEgressRule{
				{
					To:    []networkingv1.NetworkPolicyPeer{namespace("kube-system")},
					Ports: []networkingv1.NetworkPolicyPort{dns(corev1.ProtocolUDP), dns(corev1.ProtocolTCP)},
				},
				{To: []networkingv1.NetworkPolicyPeer{
					{PodSelector: &site},
					{NamespaceSelector: &metav1.LabelSelector{}, PodSelector: siteless()},
					{IPBlock: &networkingv1.IPBlock{CIDR: "0.0.0.0/0", Except: outside}},
					{IPBlock: &networkingv1.IPBlock{CIDR: "::/0", Except: []string{"fe80::/10"}}},
				}},
			},
		},
	}
}

func deploymentOf(w *Workload) *appsv1.Deployment {
	pods := podsOf(w)
	labels := owned(w)
	labels[siteLabel] = siteOf(w)
	labels[revisionLabel] = hash(pods)
	return &appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: child(w, "Service", w.Name),
		Spec: appsv1.DeploymentSpec{
			Replicas:                ptr(replicas(w)),
			ProgressDeadlineSeconds: ptr(int32(120)),
			RevisionHistoryLimit:    ptr(int32(3)),
			Selector:                &metav1.LabelSelector{MatchLabels: owned(w)},
			Strategy: appsv1.DeploymentStrategy{
				Type: "RollingUpdate",
				RollingUpdate: &appsv1.RollingUpdateDeployment{
					MaxSurge: ptr(intstr.FromInt32(1)), MaxUnavailable: ptr(intstr.FromInt32(0)),
				},
			},
			Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: pods},
		},
	}
}

func podsOf(w *Workload) corev1.PodSpec {
	size := resource.MustParse("64Mi")
	return corev1.PodSpec{
		AutomountServiceAccountToken: ptr(false),
		EnableServiceLinks:           ptr(false),
		SecurityContext: &corev1.PodSecurityContext{
			RunAsNonRoot: ptr(true), RunAsUser: ptr(id), RunAsGroup: ptr(id), FSGroup: ptr(id),
			SeccompProfile: &corev1.SeccompProfile{Type: "RuntimeDefault"},
		},
		Containers: []corev1.Container{containerOf(w)},
		Volumes: []corev1.Volume{{
			Name: "tmp", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{SizeLimit: &size}},
		}},
		TopologySpreadConstraints: []corev1.TopologySpreadConstraint{{
			MaxSkew: 1, TopologyKey: "kubernetes.io/hostname", WhenUnsatisfiable: "ScheduleAnyway",
			LabelSelector:  &metav1.LabelSelector{MatchLabels: owned(w)},
			MatchLabelKeys: []string{revisionLabel},
		}},
	}
}

func containerOf(w *Workload) corev1.Container {
	memory := resource.MustParse("64Mi")
	container := corev1.Container{
		Name:         "main",
		Image:        "localhost:5000/" + w.Spec.Image,
		VolumeMounts: []corev1.VolumeMount{{Name: "tmp", MountPath: "/tmp"}},
		Resources: corev1.ResourceRequirements{
			Requests: corev1.ResourceList{"cpu": resource.MustParse("50m"), "memory": memory},
			Limits:   corev1.ResourceList{"memory": memory},
		},
		SecurityContext: &corev1.SecurityContext{
			AllowPrivilegeEscalation: ptr(false), ReadOnlyRootFilesystem: ptr(true),
			Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
		},
		Lifecycle:      &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{Sleep: &corev1.SleepAction{Seconds: 3}}},
		StartupProbe:   probe(1, 60),
		ReadinessProbe: probe(5, 3),
	}
	for _, port := range w.Spec.Ports {
		container.Ports = append(container.Ports, corev1.ContainerPort{
			Name: port.Name, ContainerPort: port.Port, Protocol: corev1.ProtocolTCP,
		})
	}
	return container
}

func probe(period, failures int32) *corev1.Probe {
	return &corev1.Probe{
		PeriodSeconds: period, TimeoutSeconds: 2, FailureThreshold: failures,
		ProbeHandler: corev1.ProbeHandler{TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromString("http")}},
	}
}

func namespace(name string) networkingv1.NetworkPolicyPeer {
	return networkingv1.NetworkPolicyPeer{
		NamespaceSelector: &metav1.LabelSelector{MatchLabels: map[string]string{"kubernetes.io/metadata.name": name}},
	}
}

func siteless() *metav1.LabelSelector {
	return &metav1.LabelSelector{
		MatchExpressions: []metav1.LabelSelectorRequirement{{Key: siteLabel, Operator: metav1.LabelSelectorOpDoesNotExist}},
	}
}

func dns(protocol corev1.Protocol) networkingv1.NetworkPolicyPort {
	return networkingv1.NetworkPolicyPort{Protocol: &protocol, Port: ptr(intstr.FromInt32(53))}
}

func owned(w *Workload) map[string]string { return map[string]string{ownerLabel: w.Name} }

func siteOf(w *Workload) string {
	for _, reference := range w.OwnerReferences {
		if reference.Kind == "Site" {
			return reference.Name
		}
	}
	return ""
}

func replicas(w *Workload) int32 {
	if w.Spec.Replicas == nil {
		return 1
	}
	return *w.Spec.Replicas
}

func digest(image string) string { return image[strings.Index(image, "@")+1:] }

func hash(pods corev1.PodSpec) string {
	text, err := json.Marshal(pods)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])[:10]
}

func ptr[T any](value T) *T { return &value }
