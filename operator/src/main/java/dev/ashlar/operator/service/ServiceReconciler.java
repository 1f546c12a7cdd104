package dev.ashlar.operator.service;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceRevision;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Reason;
import dev.ashlar.operator.kube.Reporter;
import dev.ashlar.operator.kube.Stage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Brings one Service from its spec to pods that answer: plan, apply, judge, report. */
@ControllerConfiguration(name = "service")
public final class ServiceReconciler implements Reconciler<Service> {
    private static final String APPLIED = "Applied";
    private static final String AVAILABLE = "Available";
    private static final String SUCCEEDED = "Succeeded";
    private static final Set<Reason> ON_THE_WAY = Set.of(ServiceReason.RollingOut, ServiceReason.Running);
    /** A first status that only says "rolling out" is not worth a write before this: most pods answer by then. */
    private static final Duration FIRST_STATUS_AFTER = Duration.ofSeconds(3);

    private final Applier applier;
    private final Reporter<Service, ServiceStatus> reporter;
    private final Clock clock;

    public ServiceReconciler(KubernetesClient client, Clock clock) {
        this.applier = new Applier(client);
        this.reporter = new Reporter<>(client, clock, ServiceStatus::conditions);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Service>> prepareEventSources(EventSourceContext<Service> context) {
        return ServiceChildren.watch(context);
    }

    @Override
    public UpdateControl<Service> reconcile(Service service, Context<Service> context) {
        ServicePlan plan = ServicePlan.of(service);
        ServiceChildren seen = ServiceChildren.of(service, context);
        ServiceObjects placed = ServiceObjects.place(plan, seen, applier);
        List<Stage> stages = judge(plan, placed, seen);
        return isTooEarlyToTell(service, stages)
                ? UpdateControl.<Service>noUpdate().rescheduleAfter(FIRST_STATUS_AFTER)
                : reporter.report(service, stages, conditions -> status(plan, stages, conditions));
    }

    /** An outage or our own fault: the log has the details, and the framework tries again. */
    @Override
    public ErrorStatusUpdateControl<Service> updateErrorStatus(
            Service service, Context<Service> context, Exception exception) {
        if (Reporter.isWorthReporting(context)) {
            var trouble = new Outcome.Waiting(ServiceReason.OperatorError, Reporter.SEE_LOG);
            var last = reporter.last(service);
            reporter.report(
                    service,
                    List.of(new Stage(APPLIED, trouble)),
                    conditions -> new ServiceStatus(
                            service.getMetadata().getGeneration(),
                            conditions,
                            last.map(ServiceStatus::revision).orElse(null),
                            last.map(ServiceStatus::replicas).orElse(null),
                            selector(service)));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private List<Stage> judge(ServicePlan plan, ServiceObjects placed, ServiceChildren seen) {
        Stage applied = new Stage(APPLIED, placed.outcome());
        if (!(placed.outcome() instanceof Outcome.Done)) {
            return List.of(applied);
        }
        Runs runs = new Runs(plan, seen.pods(), clock.instant());
        Stage last = switch (plan.run()) {
            case Run.Always always ->
                new Stage(
                        AVAILABLE,
                        Rollout.judge(plan, Objects.requireNonNull(placed.deployment()), seen.pods(), clock.instant()));
            case Run.Scheduled run -> new Stage(SUCCEEDED, runs.scheduled(run, seen.jobs()));
            case Run.Once run -> new Stage(SUCCEEDED, runs.once(run, seen.jobs()));
        };
        return List.of(applied, last);
    }

    private boolean isTooEarlyToTell(Service service, List<Stage> stages) {
        Instant created = Instant.parse(service.getMetadata().getCreationTimestamp());
        return Stage.verdict(stages) instanceof Outcome.Waiting waiting
                && ON_THE_WAY.contains(waiting.reason())
                && reporter.last(service).isEmpty()
                && clock.instant().isBefore(created.plus(FIRST_STATUS_AFTER))
                && clock.instant().isAfter(created);
    }

    /** The revision and the replicas are those that serve: while a new revision is not Ready, the old one still does. */
    private ServiceStatus status(ServicePlan plan, List<Stage> stages, List<Condition> conditions) {
        boolean ready = Stage.verdict(stages) instanceof Outcome.Done;
        var last = reporter.last(plan.owner());
        return new ServiceStatus(
                plan.owner().getMetadata().getGeneration(),
                conditions,
                ready
                        ? new ServiceRevision(plan.digest())
                        : last.map(ServiceStatus::revision).orElse(null),
                ready
                        ? Integer.valueOf(plan.replicas())
                        : last.map(ServiceStatus::replicas).orElse(null),
                selector(plan.owner()));
    }

    private static String selector(Service service) {
        return Labels.OWNER + "=" + service.getMetadata().getName();
    }
}
