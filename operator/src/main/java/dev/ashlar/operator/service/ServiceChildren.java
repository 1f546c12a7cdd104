package dev.ashlar.operator.service;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Children;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the watches know of one Service's objects and pods. */
record ServiceChildren(
        @Nullable Deployment deployment,
        @Nullable CronJob cronJob,
        Set<Job> jobs,
        io.fabric8.kubernetes.api.model.@Nullable Service ports,
        @Nullable ConfigMap files,
        Set<Pod> pods) {

    static ServiceChildren of(Service service, Context<Service> context) {
        return new ServiceChildren(
                cached(service, context, Deployment.class),
                cached(service, context, CronJob.class),
                context.getSecondaryResources(Job.class),
                cached(service, context, io.fabric8.kubernetes.api.model.Service.class),
                cached(service, context, ConfigMap.class),
                context.getSecondaryResources(Pod.class));
    }

    static List<EventSource<?, Service>> watch(EventSourceContext<Service> context) {
        return List.of(
                source(Children.watch(Deployment.class, Service.class), context),
                source(Children.watch(CronJob.class, Service.class), context),
                source(Children.watch(Job.class, Service.class), context),
                source(Children.watch(io.fabric8.kubernetes.api.model.Service.class, Service.class), context),
                source(Children.watch(ConfigMap.class, Service.class), context),
                source(Children.watch(Pod.class, Service.class).withItemStore(new PodStore()), context));
    }

    @Nullable
    Job job(String name) {
        return jobs.stream()
                .filter(job -> job.getMetadata().getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static <R extends HasMetadata> EventSource<?, Service> source(
            InformerEventSourceConfiguration.Builder<R> watch, EventSourceContext<Service> context) {
        return new InformerEventSource<>(watch.build(), context);
    }

    private static <R extends HasMetadata> @Nullable R cached(
            Service service, Context<Service> context, Class<R> kind) {
        var metadata = service.getMetadata();
        return Children.cached(context, kind, metadata.getNamespace(), metadata.getName())
                .orElse(null);
    }
}
