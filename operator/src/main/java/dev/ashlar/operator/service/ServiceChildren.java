package dev.ashlar.operator.service;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Children;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the watches know of one Service's objects and pods. */
record ServiceChildren(Context<Service> context) {
    /** What is made for a Service and goes when its spec no longer asks for it. */
    static final List<Class<? extends HasMetadata>> REPLACEABLE = List.of(
            Deployment.class,
            StatefulSet.class,
            DaemonSet.class,
            CronJob.class,
            Job.class,
            io.fabric8.kubernetes.api.model.Service.class,
            ConfigMap.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class);

    static Stream<EventSource<?, Service>> watch(EventSourceContext<Service> context, Applier applier) {
        Stream<EventSource<?, Service>> objects =
                REPLACEABLE.stream().map(kind -> source(Children.watch(kind, Service.class, applier), context));
        return Stream.concat(
                objects,
                Stream.of(
                        source(Children.watch(PersistentVolumeClaim.class, Service.class, applier), context),
                        source(
                                Children.watch(Pod.class, Service.class, applier)
                                        .withItemStore(new CountedPods()),
                                context)));
    }

    /** The live object that stands where the desired one is to stand. */
    <R extends HasMetadata> @Nullable R find(R desired) {
        var metadata = desired.getMetadata();
        return Children.cached(context, kind(desired), metadata.getNamespace(), metadata.getName())
                .orElse(null);
    }

    /** All objects of kinds that go when they are no longer asked for. A claim is never among them, nor a pod. */
    Stream<HasMetadata> replaceable() {
        return REPLACEABLE.stream()
                .<HasMetadata>flatMap(context::getSecondaryResourcesAsStream)
                .filter(object -> !isOfARevision(object));
    }

    /** Files stay as long as a revision in the history names them. */
    private static boolean isOfARevision(HasMetadata object) {
        return object instanceof ConfigMap files && Boolean.TRUE.equals(files.getImmutable());
    }

    Set<Job> jobs() {
        return context.getSecondaryResources(Job.class);
    }

    Set<PersistentVolumeClaim> claims() {
        return context.getSecondaryResources(PersistentVolumeClaim.class);
    }

    Set<Pod> pods() {
        return context.getSecondaryResources(Pod.class);
    }

    @SuppressWarnings("unchecked")
    private static <R extends HasMetadata> Class<R> kind(R object) {
        return (Class<R>) object.getClass();
    }

    private static <R extends HasMetadata> EventSource<?, Service> source(
            InformerEventSourceConfiguration.Builder<R> watch, EventSourceContext<Service> context) {
        return new InformerEventSource<>(watch.build(), context);
    }
}
