package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Applied;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Service's objects after they were put in place.
 *
 * @param deployment null when it could not be put in place, which {@code outcome} explains
 */
record ServiceObjects(Outcome outcome, @Nullable Deployment deployment) {
    /** Nothing tells us that a quota was raised. */
    private static final Duration DENIED_RECHECK = Duration.ofMinutes(1);

    private static final Outcome IN_PLACE = new Outcome.Done("All objects are in place.");

    /** Files and ports come first, since the pods need them; what is no longer asked for goes last. */
    static ServiceObjects place(ServicePlan plan, ServiceChildren seen, Applier applier) {
        var owner = plan.owner();
        if (!plan.files().isEmpty()) {
            Outcome files = outcome(applier.apply(owner, ServiceFiles.configMap(plan), seen.files()));
            if (files != IN_PLACE) {
                return new ServiceObjects(files, null);
            }
        }
        if (!plan.ports().isEmpty()) {
            Outcome ports = outcome(applier.apply(owner, ServicePorts.service(plan), seen.ports()));
            if (ports != IN_PLACE) {
                return new ServiceObjects(ports, null);
            }
        }
        Applied<Deployment> deployment = applier.apply(owner, ServiceDeployment.deployment(plan), seen.deployment());
        prune(plan, seen, applier);
        return new ServiceObjects(
                outcome(deployment), deployment instanceof Applied.InPlace<Deployment> inPlace ? inPlace.live() : null);
    }

    private static void prune(ServicePlan plan, ServiceChildren seen, Applier applier) {
        if (plan.files().isEmpty() && seen.files() != null) {
            applier.prune(plan.owner(), seen.files());
        }
        if (plan.ports().isEmpty() && seen.ports() != null) {
            applier.prune(plan.owner(), seen.ports());
        }
    }

    private static Outcome outcome(Applied<? extends HasMetadata> applied) {
        return switch (applied) {
            case Applied.InPlace<?> inPlace -> IN_PLACE;
            case Applied.Leaving<?> leaving -> new Outcome.Waiting(ServiceReason.Replacing, leaving.message());
            case Applied.Denied<?> denied ->
                new Outcome.Waiting(ServiceReason.Refused, denied.message(), DENIED_RECHECK);
            case Applied.Taken<?> taken -> new Outcome.Stalled(ServiceReason.NameTaken, taken.message());
            case Applied.Refused<?> refused -> new Outcome.Stalled(ServiceReason.Refused, refused.message());
        };
    }
}
