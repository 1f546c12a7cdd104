package dev.ashlar.operator.policy;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.kube.TrimmedStore;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows of each Service's image whether it is proven, and has it proven when it is not known; leads what changes to the Services. */
public final class ProofWatch extends AbstractEventSource<Namespace, Service>
        implements ResourceEventHandler<Namespace> {
    private static final String BY_DIGEST = "by-digest";

    private final KubernetesClient client;
    private final IndexerResourceCache<Service> services;
    private final RegistryAccess registry;
    private final Judgements judgements;
    private final Prover prover;
    private @Nullable SharedIndexInformer<Namespace> enforced;

    public ProofWatch(EventSourceContext<Service> context, RegistryAccess registry, Clock clock) {
        super(Namespace.class, "proofs");
        this.client = context.getClient();
        this.services = context.getPrimaryCache();
        this.registry = registry;
        this.judgements = new Judgements(client, this::tell);
        this.prover =
                new Prover(this::prove, image -> isAskedFor(image.digest()), image -> tell(image.digest()), clock);
        services.addIndexer(BY_DIGEST, service -> digest(service).stream().toList());
        setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
    }

    /**
     * Whether the Service's image is proven.
     *
     * @param pulled the reference that the container runtime pulls it by
     */
    public Stage stage(Service service, String pulled) {
        boolean here = Objects.requireNonNull(enforced)
                        .getStore()
                        .getByKey(service.getMetadata().getNamespace())
                != null;
        Standing standing = NamedImage.of(pulled).map(this::standing).orElseGet(Standing.Foreign::new);
        return new Decision(service, service.getSpec().image(), here).on(standing);
    }

    /** A verdict that is to be made anew counts until there is a newer one. */
    private Standing standing(NamedImage image) {
        Optional<Judgement> known = judgements.find(image);
        if (known.isPresent() && !judgements.isToBeMadeAnew(known.get())) {
            return new Standing.Judged(known.get());
        }
        Standing now = prover.prove(image);
        return known.<Standing>map(Standing.Judged::new).orElse(now);
    }

    private void prove(NamedImage image) throws IOException {
        KnownList list = judgements.list();
        judgements.keep(Judgement.of(image, list, registry.judge(image, list.images())), this::isAskedFor);
    }

    /** Nothing is looked at before it is known what is enforced, and what was proven. */
    @Override
    public void start() {
        super.start();
        judgements.start();
        enforced = client.namespaces()
                .withLabel(Labels.POLICY, Labels.ENFORCE)
                .runnableInformer(0)
                .itemStore(new TrimmedStore<>(ProofWatch::trimmed))
                .exceptionHandler((started, trouble) -> true)
                .addEventHandler(this);
        enforced.start().toCompletableFuture().join();
    }

    @Override
    public void stop() {
        super.stop();
        prover.close();
        judgements.stop();
        if (enforced != null) {
            enforced.stop();
        }
    }

    @Override
    public Set<Namespace> getSecondaryResources(Service service) {
        return Set.of();
    }

    @Override
    public void onAdd(Namespace namespace) {
        tell(services.list(service -> service.getMetadata()
                .getNamespace()
                .equals(namespace.getMetadata().getName())));
    }

    @Override
    public void onUpdate(Namespace before, Namespace after) {}

    @Override
    public void onDelete(Namespace namespace, boolean unknown) {
        onAdd(namespace);
    }

    private boolean isAskedFor(String digest) {
        return !services.byIndex(BY_DIGEST, digest).isEmpty();
    }

    private void tell(String digest) {
        tell(services.byIndex(BY_DIGEST, digest).stream());
    }

    private void tell(Stream<Service> told) {
        told.forEach(service ->
                Objects.requireNonNull(getEventHandler()).handleEvent(new Event(ResourceID.fromResource(service))));
    }

    private static Optional<String> digest(Service service) {
        return Optional.ofNullable(service.getSpec()).map(spec -> NamedImage.digest(spec.image()));
    }

    private static Namespace trimmed(Namespace namespace) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace.getMetadata().getName())
                .withResourceVersion(namespace.getMetadata().getResourceVersion())
                .endMetadata()
                .build();
    }
}
