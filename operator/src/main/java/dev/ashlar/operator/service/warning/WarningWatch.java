package dev.ashlar.operator.service.warning;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.TrimmedStore;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches the Events that warn, and leads each to the Services that it may concern. */
public final class WarningWatch extends AbstractEventSource<Event, Service>
        implements Warnings, ResourceEventHandler<Event> {
    private static final String OBJECT = "object";
    private static final long FIRST_LIST_SECONDS = 10;

    private final KubernetesClient client;
    private final Cache<Service> services;
    private @Nullable SharedIndexInformer<Event> watched;

    public WarningWatch(EventSourceContext<Service> context) {
        super(Event.class, "warnings");
        this.client = context.getClient();
        this.services = context.getPrimaryCache();
        setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
    }

    @Override
    public List<Warning> of(String uid) {
        return watched == null
                ? List.of()
                : watched.getIndexer().byIndex(OBJECT, uid).stream()
                        .map(Warning::of)
                        .toList();
    }

    /** Knows what was warned of before the first Service is looked at, so that a restart changes nothing. */
    @Override
    public void start() {
        super.start();
        watched = informer();
        watched.start()
                .toCompletableFuture()
                .completeOnTimeout(null, FIRST_LIST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Without what a pod's own status says better, and without what we told ourselves. */
    private SharedIndexInformer<Event> informer() {
        return client.v1()
                .events()
                .inAnyNamespace()
                .withField("type", "Warning")
                .withoutField("reason", "BackOff")
                .withoutField("reason", "Failed")
                .withoutField("reason", "FailedScheduling")
                .withoutField("involvedObject.kind", "Service")
                .withoutField("involvedObject.kind", "Site")
                .runnableInformer(0)
                .removeNamespaceIndex()
                .addIndexers(Map.of(
                        OBJECT,
                        event -> Optional.ofNullable(event.getInvolvedObject().getUid()).stream()
                                .toList()))
                .itemStore(new TrimmedStore<>(Warning::trimmed))
                .exceptionHandler((started, trouble) -> true)
                .addEventHandler(this);
    }

    @Override
    public void stop() {
        super.stop();
        if (watched != null) {
            watched.stop();
        }
    }

    @Override
    public Set<Event> getSecondaryResources(Service service) {
        return Set.of();
    }

    @Override
    public void onAdd(Event event) {
        tell(event);
    }

    @Override
    public void onUpdate(Event before, Event after) {
        tell(after);
    }

    /** An Event goes after an hour; its cause may be there still, or be gone long since. */
    @Override
    public void onDelete(Event event, boolean unknown) {}

    /** Everything made for a Service has its name as a part of its own; to look at one too many costs nothing. */
    private void tell(Event event) {
        String object = "-" + event.getInvolvedObject().getName() + "-";
        String namespace = event.getMetadata().getNamespace();
        services.list(service -> service.getMetadata().getNamespace().equals(namespace)
                        && object.contains("-" + service.getMetadata().getName() + "-"))
                .map(service ->
                        new io.javaoperatorsdk.operator.processing.event.Event(ResourceID.fromResource(service)))
                .forEach(found -> Objects.requireNonNull(getEventHandler()).handleEvent(found));
    }
}
