package dev.ashlar.operator.route;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.secret.Secrets;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.stream.Stream;

/** Has a Site looked at again when its routes or its certificates fare otherwise than before, and nobody else; and tells the gateway of one that is gone. */
public final class RouteEvents extends AbstractEventSource<Void, Site> implements ResourceEventAware<Site> {
    private final Gateway gateway;
    private final Certificates certificates;
    private final Secrets secrets;
    private final KubernetesClient client;

    public RouteEvents(Gateway gateway, Certificates certificates, Secrets secrets, EventSourceContext<Site> context) {
        super(Void.class, "routes");
        this.gateway = gateway;
        this.certificates = certificates;
        this.secrets = secrets;
        this.client = context.getClient();
        setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
        gateway.follow(() -> there(context), site -> getEventHandler().handleEvent(new Event(site)));
        secrets.listen(change ->
                gateway.users(change).forEach(site -> getEventHandler().handleEvent(new Event(site))));
    }

    @Override
    public void start() {
        super.start();
        secrets.start();
        certificates.follow(client, this::heard);
    }

    private void heard(GatewayReport report) {
        Stream.concat(certificates.heard(report).stream(), gateway.heard(report.refused()).stream())
                .distinct()
                .forEach(site -> getEventHandler().handleEvent(new Event(site)));
    }

    /** One that is being deleted is not reconciled any more, so that its routes would be waited for in vain. */
    private static Stream<ResourceID> there(EventSourceContext<Site> context) {
        return context.getPrimaryCache()
                .list(site -> !site.isMarkedForDeletion())
                .map(ResourceID::fromResource);
    }

    @Override
    public void onResourceUpdated(Site site, Site before) {
        if (site.isMarkedForDeletion()) {
            gateway.publishAgain();
        }
    }

    @Override
    public void onResourceDeleted(Site site) {
        certificates.forget(ResourceID.fromResource(site));
        gateway.publishAgain();
    }

    @Override
    public Set<Void> getSecondaryResources(Site site) {
        return Set.of();
    }
}
