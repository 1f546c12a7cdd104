package dev.ashlar.operator.service.secret;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.secret.Secrets;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import java.util.Objects;
import java.util.Set;

/** Leads each change of a Secret to the Services that use it. */
public final class SecretWatch extends AbstractEventSource<Secret, Service> {
    private final Secrets secrets;
    private final Cache<Service> services;

    public SecretWatch(Secrets secrets, EventSourceContext<Service> context) {
        super(Secret.class, "secrets");
        this.secrets = secrets;
        this.services = context.getPrimaryCache();
        setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
        secrets.listen(this::tell);
    }

    @Override
    public void start() {
        super.start();
        secrets.start();
    }

    @Override
    public void stop() {
        super.stop();
        secrets.stop();
    }

    @Override
    public Set<Secret> getSecondaryResources(Service service) {
        return Set.of();
    }

    private void tell(Secrets.Change change) {
        services.list(service -> change.namespace().equals(service.getMetadata().getNamespace()))
                .filter(service -> service.getSpec() != null)
                .map(ServicePlan::of)
                .filter(plan -> plan.secretKeys().stream().anyMatch(used -> change.concerns(used.name())))
                .map(plan -> new Event(ResourceID.fromResource(plan.owner())))
                .forEach(event -> Objects.requireNonNull(getEventHandler()).handleEvent(event));
    }
}
