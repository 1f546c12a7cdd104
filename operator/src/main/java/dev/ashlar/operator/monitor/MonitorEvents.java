package dev.ashlar.operator.monitor;

import dev.ashlar.crds.Site;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/** Has a Site looked at again when it begins or ceases to answer. */
public final class MonitorEvents extends AbstractEventSource<Void, Site> implements ResourceEventAware<Site> {
    private final Monitor monitor;

    public MonitorEvents(Monitor monitor, EventSourceContext<Site> context) {
        super(Void.class, "monitor");
        this.monitor = monitor;
        monitor.follow(
                () -> context.getPrimaryCache().list(site -> !site.isMarkedForDeletion()),
                site -> getEventHandler().handleEvent(new Event(site)));
    }

    @Override
    public void onResourceDeleted(Site site) {
        monitor.forget(ResourceID.fromResource(site));
    }

    @Override
    public Set<Void> getSecondaryResources(Site site) {
        return Set.of();
    }
}
