// The twin of the operator in Go: what a careful author would write with controller-runtime for the same job, as far as a Site with
// content goes. It watches the same kinds, makes the same objects with the same writes, and is there to be compared with.
package main

import (
	"os"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/selection"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/config"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

const workers = 16

func main() {
	ctrl.SetLogger(klog.Background())
	if err := run(); err != nil {
		klog.ErrorS(err, "the twin ends")
		os.Exit(1)
	}
}

func run() error {
	scheme := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(scheme); err != nil {
		return err
	}
	addKinds(scheme)
	connection := ctrl.GetConfigOrDie()
	connection.QPS = -1 // no throttle on the client's side
	manager, err := ctrl.NewManager(connection, ctrl.Options{
		Scheme:                        scheme,
		Cache:                         caches(),
		Controller:                    config.Controller{MaxConcurrentReconciles: workers},
		Metrics:                       metricsserver.Options{BindAddress: "127.0.0.1:18081"},
		HealthProbeBindAddress:        "127.0.0.1:18082",
		LeaderElection:                true,
		LeaderElectionID:              "twin",
		LeaderElectionNamespace:       "ashlar-system",
		LeaderElectionReleaseOnCancel: true,
	})
	if err != nil {
		return err
	}
	if err := manager.AddReadyzCheck("ready", healthz.Ping); err != nil {
		return err
	}
	if err := setUp(manager); err != nil {
		return err
	}
	return manager.Start(ctrl.SetupSignalHandler())
}

// caches keep children by their label, and of nothing more than is looked at.
func caches() cache.Options {
	owned, err := labels.NewRequirement(ownerLabel, selection.Exists, nil)
	if err != nil {
		panic(err)
	}
	children := cache.ByObject{Label: labels.NewSelector().Add(*owned)}
	pods := children
	pods.Transform = trimPod
	return cache.Options{
		DefaultTransform: cache.TransformStripManagedFields(),
		ByObject: map[client.Object]cache.ByObject{
			&appsv1.Deployment{}:            children,
			&appsv1.StatefulSet{}:           children,
			&appsv1.DaemonSet{}:             children,
			&batchv1.Job{}:                  children,
			&batchv1.CronJob{}:              children,
			&corev1.Service{}:               children,
			&corev1.ConfigMap{}:             children,
			&corev1.PersistentVolumeClaim{}: children,
			&networkingv1.NetworkPolicy{}:   children,
			&policyv1.PodDisruptionBudget{}: children,
			&corev1.Pod{}:                   pods,
			&corev1.Event{}:                 {Field: fields.OneTermEqualSelector("type", "Warning")},
		},
	}
}

func trimPod(object any) (any, error) {
	if pod, ok := object.(*corev1.Pod); ok {
		pod.ManagedFields = nil
		pod.Annotations = nil
		pod.Spec = corev1.PodSpec{NodeName: pod.Spec.NodeName}
	}
	return object, nil
}
