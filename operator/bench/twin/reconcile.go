package main

import (
	"context"
	"fmt"
	"sync"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

const manager = client.FieldOwner("ashlar")

// twin holds the cached client, one that asks the API server itself, and which specs of Sites it has recorded.
type twin struct {
	client.Client
	live     client.Reader
	recorded sync.Map
}

func setUp(m ctrl.Manager) error {
	t := &twin{Client: m.GetClient(), live: m.GetAPIReader()}
	asked := builder.WithPredicates(predicate.GenerationChangedPredicate{})
	nothing := handler.EnqueueRequestsFromMapFunc(func(context.Context, client.Object) []reconcile.Request { return nil })
	err := ctrl.NewControllerManagedBy(m).Named("site").
		For(&Site{}, asked).
		Owns(&Workload{}).
		Watches(&corev1.PersistentVolumeClaim{}, nothing).
		Complete(reconcile.AsReconciler(t.Client, objectReconciler[*Site](t.site)))
	if err != nil {
		return err
	}
	return ctrl.NewControllerManagedBy(m).Named("service").
		For(&Workload{}, asked).
		Owns(&appsv1.Deployment{}).Owns(&appsv1.StatefulSet{}).Owns(&appsv1.DaemonSet{}).
		Owns(&batchv1.Job{}).Owns(&batchv1.CronJob{}).
		Owns(&corev1.Service{}).Owns(&corev1.ConfigMap{}).Owns(&corev1.PersistentVolumeClaim{}).
		Owns(&networkingv1.NetworkPolicy{}).Owns(&policyv1.PodDisruptionBudget{}).
		Watches(&corev1.Pod{}, handler.EnqueueRequestsFromMapFunc(byLabel)).
		Watches(&corev1.Event{}, nothing).
		Watches(&rbacv1.RoleBinding{}, nothing).
		Complete(reconcile.AsReconciler(t.Client, objectReconciler[*Workload](t.workload)))
}

type objectReconciler[T client.Object] func(context.Context, T) (ctrl.Result, error)

func (f objectReconciler[T]) Reconcile(ctx context.Context, object T) (ctrl.Result, error) {
	return f(ctx, object)
}

func byLabel(_ context.Context, object client.Object) []reconcile.Request {
	return []reconcile.Request{{NamespacedName: client.ObjectKey{
		Namespace: object.GetNamespace(), Name: object.GetLabels()[ownerLabel],
	}}}
}

func (t *twin) site(ctx context.Context, site *Site) (ctrl.Result, error) {
	if site.DeletionTimestamp != nil {
		return ctrl.Result{}, nil
	}
	if err := t.record(ctx, site); err != nil {
		return ctrl.Result{}, err
	}
	live, err := put(ctx, t, site, workloadOf(site), &Workload{}, func(desired, live *Workload) bool {
		return equality.Semantic.DeepDerivative(desired.Spec, live.Spec)
	})
	if err != nil {
		return ctrl.Result{}, err
	}
	if live.Status == nil || live.Status.ObservedGeneration < live.Generation {
		return ctrl.Result{}, nil
	}
	before := site.Status
	if before == nil {
		before = &SiteStatus{}
	}
	status := &SiteStatus{
		ObservedGeneration: site.Generation,
		Conditions:         conditions(before.Conditions, site.Generation, "The content answers."),
		URL:                fmt.Sprintf("http://%s.%s.localhost:8080/", site.Name, site.Namespace),
		Revision:           &SiteRevision{Digests: map[string]string{"content": live.Status.Revision.Digest}},
		Inventory:          map[string]string{live.Name: string(live.UID)},
	}
	if equality.Semantic.DeepEqual(status, before) {
		return ctrl.Result{}, nil
	}
	kind := metav1.TypeMeta{APIVersion: group.String(), Kind: "Site"}
	return ctrl.Result{}, t.writeStatus(ctx, &Site{TypeMeta: kind, ObjectMeta: bare(site), Status: status})
}

// record keeps each spec, so that one can go back to it.
func (t *twin) record(ctx context.Context, site *Site) error {
	if site.Status != nil && site.Status.ObservedGeneration == site.Generation {
		return nil
	}
	revision := revisionOf(site)
	if _, known := t.recorded.Load(revision.Name); known {
		return nil
	}
	if err := t.Create(ctx, revision, manager); err != nil && !errors.IsAlreadyExists(err) {
		return err
	}
	t.recorded.Store(revision.Name, true)
	return nil
}

func (t *twin) workload(ctx context.Context, w *Workload) (ctrl.Result, error) {
	if w.DeletionTimestamp != nil {
		return ctrl.Result{}, nil
	}
	if _, err := put(ctx, t, w, policyOf(w), &networkingv1.NetworkPolicy{}, func(desired, live *networkingv1.NetworkPolicy) bool {
		return equality.Semantic.DeepDerivative(desired.Spec, live.Spec)
	}); err != nil {
		return ctrl.Result{}, err
	}
	if _, err := put(ctx, t, w, serviceOf(w), &corev1.Service{}, func(desired, live *corev1.Service) bool {
		return equality.Semantic.DeepDerivative(desired.Spec, live.Spec)
	}); err != nil {
		return ctrl.Result{}, err
	}
	live, err := put(ctx, t, w, deploymentOf(w), &appsv1.Deployment{}, func(desired, live *appsv1.Deployment) bool {
		return equality.Semantic.DeepDerivative(desired.Spec, live.Spec)
	})
	if err != nil || !complete(live, replicas(w)) {
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, t.report(ctx, w)
}

// complete as the operator sees it: where none are asked for and the controller has not looked yet, there are none.
func complete(d *appsv1.Deployment, want int32) bool {
	if want == 0 && d.Status.ObservedGeneration == 0 {
		return true
	}
	s := d.Status
	return s.ObservedGeneration >= d.Generation && s.UpdatedReplicas == want && s.Replicas == want && s.AvailableReplicas == want
}

func (t *twin) report(ctx context.Context, w *Workload) error {
	before := w.Status
	if before == nil {
		before = &WorkloadStatus{}
	}
	message := "Scaled to zero."
	if replicas(w) > 0 {
		message = fmt.Sprintf("%d pods answer.", replicas(w))
	}
	status := &WorkloadStatus{
		ObservedGeneration: w.Generation,
		Conditions:         conditions(before.Conditions, w.Generation, message),
		Revision:           &Revision{Digest: digest(w.Spec.Image)},
		Replicas:           ptr(replicas(w)),
		Selector:           ownerLabel + "=" + w.Name,
	}
	if equality.Semantic.DeepEqual(status, before) {
		return nil
	}
	kind := metav1.TypeMeta{APIVersion: group.String(), Kind: "Service"}
	return t.writeStatus(ctx, &Workload{TypeMeta: kind, ObjectMeta: bare(w), Status: status})
}

// put applies what differs and returns the newest state. Like the operator it asks once before it makes what it does not know, so that
// nothing foreign is adopted.
func put[T client.Object](ctx context.Context, t *twin, owner client.Object, desired, live T, same func(T, T) bool) (T, error) {
	key := client.ObjectKeyFromObject(desired)
	err := t.Get(ctx, key, live)
	if errors.IsNotFound(err) {
		err = t.live.Get(ctx, key, live)
	}
	switch {
	case errors.IsNotFound(err):
	case err != nil:
		return live, err
	case !metav1.IsControlledBy(live, owner):
		return live, fmt.Errorf("%s belongs to somebody else", key)
	case same(desired, live):
		return live, nil
	}
	return desired, t.Patch(ctx, desired, client.Apply, manager, client.ForceOwnership)
}

func (t *twin) writeStatus(ctx context.Context, object client.Object) error {
	return t.Status().Patch(ctx, object, client.Apply, manager, client.ForceOwnership)
}

func bare(object client.Object) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: object.GetName(), Namespace: object.GetNamespace(), UID: object.GetUID()}
}

func conditions(before []metav1.Condition, generation int64, message string) []metav1.Condition {
	after := append([]metav1.Condition(nil), before...)
	for _, kind := range []string{"Ready", "Applied", "Available"} {
		text := message
		if kind == "Applied" {
			text = "All objects are in place."
		}
		meta.SetStatusCondition(&after, metav1.Condition{
			Type: kind, Status: "True", Reason: kind, Message: text, ObservedGeneration: generation,
		})
	}
	return after
}
