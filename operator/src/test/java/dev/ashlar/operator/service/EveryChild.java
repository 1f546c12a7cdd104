package dev.ashlar.operator.service;

import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.history.KeptFiles;
import dev.ashlar.operator.kube.ForeignChange;
import dev.ashlar.operator.kube.ForeignChange.Owned;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.validation.NoPods;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Services and a Site that have every kind of child, in a namespace where no pod starts; and what somebody else changes in one. */
public record EveryChild(KubernetesClient client, String namespace) {
    private static final List<Class<? extends HasMetadata>> KINDS = Stream.concat(
                    ServiceChildren.REPLACEABLE.stream(), Stream.of(Service.class, PersistentVolumeClaim.class))
            .toList();
    /** The one that claims its volumes itself. */
    private static final String STORE = "store";

    private static final String SCENE =
            """
            apiVersion: ashlar.dev/v1alpha1
            kind: Service
            metadata: {name: web}
            spec: {image: "IMAGE", replicas: 2,
              ports: [{name: http, port: 8080}], health: {path: /healthz, port: http}, env: [{name: MODE, value: fast}],
              files: [{path: /etc/web.toml, content: a = 1}], resources: {cpu: 10m, memory: 32Mi}}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Service
            metadata: {name: queue}
            spec: {image: "IMAGE", stateful: true,
              replicas: 0, ports: [{name: peers, port: 7000}], volumes: [{name: data, mountPath: /data, size: 1Gi, delete: true}]}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Service
            metadata: {name: agent}
            spec: {image: "IMAGE",
              perNode: {nodes: {nowhere: here}}}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Service
            metadata: {name: nightly}
            spec: {image: "IMAGE",
              schedule: {cron: "17 4 * * *", suspended: true}}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Service
            metadata: {name: import}
            spec: {image: "IMAGE", once: {}}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Service
            metadata: {name: STORE}
            spec: {image: "IMAGE", replicas: 0,
              volumes: [{name: kept, mountPath: /kept, size: 1Gi}, {name: own, mountPath: /own, size: 1Gi, delete: true}]}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Site
            metadata: {name: page}
            spec: {domains: [{name: page.example.org}],
              content: {image: "IMAGE", replicas: 0, notFound: /404.html}, services: [{name: api, image: "IMAGE", replicas: 0}]}
            """.replace("STORE", STORE).replace("IMAGE", "nowhere@sha256:" + "0".repeat(64));

    public void make() {
        NoPods.in(client, namespace);
        client.load(new ByteArrayInputStream(SCENE.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .serverSideApply();
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        KINDS.stream().allMatch(kind -> live(kind).findAny().isPresent()));
    }

    /** Any of the children. */
    public HasMetadata any(RandomGenerator random) {
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        List<? extends HasMetadata> found = await().atMost(Duration.ofSeconds(10))
                .until(() -> live(kind).toList(), children -> !children.isEmpty());
        return found.get(random.nextInt(found.size()));
    }

    private Stream<HasMetadata> live(Class<? extends HasMetadata> kind) {
        return client.resources(kind).inNamespace(namespace).withLabel(Labels.OWNER).list().getItems().stream()
                .filter(child -> !child.isMarkedForDeletion())
                .filter(this::isAskedFor)
                .map(child -> (HasMetadata) child);
    }

    /**
     * A claim that only a foreign number of replicas asked for was made by the StatefulSet's controller. Files that only a foreign change
     * of a Service asked for stay as long as that Service. Nobody puts either of them back.
     */
    private boolean isAskedFor(HasMetadata child) {
        if (child instanceof PersistentVolumeClaim) {
            return child.getMetadata().getName().startsWith(STORE + "-");
        }
        return !(child instanceof ConfigMap)
                || client.resources(Service.class).inNamespace(namespace).list().getItems().stream()
                        .anyMatch(service -> KeptFiles.name(
                                        service.getMetadata().getName(),
                                        service.getSpec().files())
                                .filter(child.getMetadata().getName()::equals)
                                .isPresent());
    }

    /**
     * Makes the change, and says how long it lasted: from the answer to it until a watch of the object shows all as it was. Nothing when
     * the API server did not take it.
     */
    public Optional<Duration> putsBack(ForeignChange change, HasMetadata child, Duration atMost)
            throws InterruptedException {
        Owned owned = Owned.of(client, child);
        var seen = new LinkedBlockingQueue<Seen>();
        try (Watch watch = client.resource(child).watch(new Recorder(seen))) {
            Optional<Predicate<HasMetadata>> later = change.make(client, child, owned);
            long made = System.nanoTime();
            if (later.isEmpty()) {
                return Optional.empty();
            }
            @Nullable Seen next = seen.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            while (next != null && !(later.get().test(next.object) && owned.isIn(client, next.object))) {
                next = seen.poll(made + atMost.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            if (next == null) {
                throw new AssertionError("after %s: %s".formatted(atMost, change.said()));
            }
            awaitItsChildren(child, atMost);
            return Optional.of(Duration.ofNanos(Math.max(0, next.nanos - made)));
        }
    }

    /** A Service that was put back has children of the foreign one until it tells what became of its own. */
    private void awaitItsChildren(HasMetadata child, Duration atMost) {
        if (child instanceof Service) {
            await("the children of Service " + child.getMetadata().getName())
                    .atMost(atMost)
                    .until(() -> client.resource((Service) child).get(), EveryChild::isTold);
        }
    }

    private static boolean isTold(Service service) {
        return service.getStatus() != null
                && service.getMetadata()
                        .getGeneration()
                        .equals(service.getStatus().observedGeneration());
    }

    /** An object as the watch showed it, and when. */
    private record Seen(long nanos, HasMetadata object) {}

    /** Notes down what a watch shows. */
    private record Recorder(LinkedBlockingQueue<Seen> seen) implements Watcher<HasMetadata> {
        @Override
        public void eventReceived(Action action, HasMetadata object) {
            if (action != Action.DELETED) {
                seen.add(new Seen(System.nanoTime(), object));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            // What is missing then shows as a change that was not put back.
        }
    }
}
