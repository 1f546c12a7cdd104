package dev.ashlar.operator.route;

import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.kube.Stage;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.ArrayList;
import java.util.List;

/** Ashlar's own gateway, which is told of all Sites at once. */
public record OwnRouting(Gateway gateway, Certificates certificates) implements Routing {
    @Override
    public List<EventSource<?, Site>> sources(EventSourceContext<Site> context) {
        return List.of();
    }

    @Override
    public List<Stage> stages(Site site, SiteSpec spec, Context<Site> context) {
        List<Stage> stages = new ArrayList<>(List.of(new Stage(Stage.ROUTED, gateway.serve(site, spec))));
        certificates.of(site, spec).ifPresent(outcome -> stages.add(new Stage(Stage.CERTIFIED, outcome)));
        return stages;
    }
}
