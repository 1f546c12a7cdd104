package dev.ashlar.operator.route;

import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.kube.Stage;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** How the environment's gateway is told of a Site. */
public interface Routing {
    /** What is watched for it, of what is made of Sites. */
    List<EventSource<?, Site>> sources(EventSourceContext<Site> context);

    /**
     * Asks for a Site's routes and certificates, and says how far they are.
     *
     * @param spec what runs of it
     */
    List<Stage> stages(Site site, SiteSpec spec, Context<Site> context);
}
