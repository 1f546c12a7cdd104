package dev.ashlar.operator.service;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceRevision;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.AskedFor;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Reason;
import dev.ashlar.operator.kube.Reporter;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.policy.ProofWatch;
import dev.ashlar.operator.policy.RegistryAccess;
import dev.ashlar.operator.service.plan.ClusterNetwork;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.secret.SecretWatch;
import dev.ashlar.operator.service.secret.UsedSecrets;
import dev.ashlar.operator.service.verdict.Evidence;
import dev.ashlar.operator.service.verdict.NextRun;
import dev.ashlar.operator.service.verdict.Progress;
import dev.ashlar.operator.service.verdict.Rollout;
import dev.ashlar.operator.service.verdict.Runs;
import dev.ashlar.operator.service.verdict.ServiceReason;
import dev.ashlar.operator.service.warning.WarningWatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings one Service from its spec to pods that answer: plan, apply, judge, report. */
@ControllerConfiguration(
        name = "service",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = AskedFor.class))
public final class ServiceReconciler implements Reconciler<Service> {
    private static final String APPLIED = "Applied";
    private static final String AVAILABLE = "Available";
    private static final String SUCCEEDED = "Succeeded";
    private static final Set<Reason> ON_THE_WAY =
            Set.of(ServiceReason.RollingOut, ServiceReason.Running, ServiceReason.Preparing);
    /** A first status that only says "rolling out" is not worth a write before this: most pods answer by then. */
    private static final Duration FIRST_STATUS_AFTER = Duration.ofSeconds(3);

    private final Applier applier;
    private final Reporter<Service, ServiceStatus> reporter;
    private final ClusterNetwork network;
    private final RegistryAccess registry;
    private final Clock clock;
    private @Nullable SecretWatch secrets;
    private @Nullable References references;
    private @Nullable WarningWatch warnings;
    private @Nullable ProofWatch proofs;

    public ServiceReconciler(KubernetesClient client, ClusterNetwork network, RegistryAccess registry, Clock clock) {
        this.applier = new Applier(client);
        this.reporter = new Reporter<>(client, clock, ServiceStatus::conditions);
        this.network = network;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Service>> prepareEventSources(EventSourceContext<Service> context) {
        secrets = new SecretWatch(context);
        references = new References(context);
        warnings = new WarningWatch(context);
        proofs = new ProofWatch(context, registry, clock);
        return Stream.concat(ServiceChildren.watch(context), Stream.of(secrets, references, warnings, proofs))
                .toList();
    }

    @Override
    public UpdateControl<Service> reconcile(Service service, Context<Service> context) {
        ServicePlan plan = ServicePlan.of(service);
        Stage proven = Objects.requireNonNull(proofs).stage(service, plan.image());
        Verdict verdict = proven.isInTheWay()
                ? Verdict.of(proven)
                : place(plan, new ServiceChildren(context)).after(proven);
        if (proven.outcome() instanceof Outcome.Waiting soon && soon.recheck().isPositive()) {
            return UpdateControl.<Service>noUpdate().rescheduleAfter(soon.recheck());
        }
        if (isTooEarlyToTell(service, verdict.stages())) {
            return UpdateControl.<Service>noUpdate().rescheduleAfter(FIRST_STATUS_AFTER);
        }
        var control = reporter.report(service, verdict.stages(), conditions -> status(plan, verdict, conditions));
        return verdict.missedAfter()
                .filter(clock.instant()::isBefore)
                .map(time -> Duration.between(clock.instant(), time).plusSeconds(1))
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    /**
     * How far a Service got.
     *
     * @param progress what is known of the pods, where they last
     * @param missedAfter when a run that has not started is missed, of which nothing tells us
     */
    private record Verdict(List<Stage> stages, Optional<Progress> progress, Optional<Instant> missedAfter) {
        static Verdict of(Stage stage) {
            return new Verdict(List.of(stage), Optional.empty(), Optional.empty());
        }

        Verdict after(Stage first) {
            return new Verdict(Stream.concat(Stream.of(first), stages.stream()).toList(), progress, missedAfter);
        }
    }

    /** The log has the details, and the framework tries again. */
    @Override
    public ErrorStatusUpdateControl<Service> updateErrorStatus(
            Service service, Context<Service> context, Exception exception) {
        if (Reporter.isWorthReporting(context)) {
            var trouble = new Outcome.Waiting(ServiceReason.OperatorError, Reporter.SEE_LOG);
            Verdict verdict = Verdict.of(new Stage(APPLIED, trouble));
            ServicePlan plan = ServicePlan.of(service);
            reporter.report(service, verdict.stages(), conditions -> status(plan, verdict, conditions));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private Verdict place(ServicePlan asked, ServiceChildren seen) {
        UsedSecrets used = UsedSecrets.of(asked, Objects.requireNonNull(secrets));
        if (!(used.outcome() instanceof Outcome.Done)) {
            return Verdict.of(new Stage(APPLIED, used.outcome()));
        }
        ServicePlan plan = asked.withSecrets(used.versions());
        Evidence evidence = new Evidence(seen.pods(), seen.claims(), Objects.requireNonNull(warnings));
        Runs runs = new Runs(plan, evidence, clock.instant());
        var placed = new Placement(plan, ServiceObjects.of(plan, network), seen, applier, runs)
                .run(Objects.requireNonNull(references).missing(plan.owner()));
        HasMetadata workload = placed.workload();
        if (workload == null) {
            return new Verdict(placed.stages(), Optional.empty(), Optional.empty());
        }
        Optional<Progress> progress = Progress.of(workload);
        var stages = new ArrayList<>(placed.stages());
        stages.add(
                switch (plan.run()) {
                    case Run.Lasting run ->
                        new Stage(AVAILABLE, Rollout.judge(plan, progress.orElseThrow(), evidence, clock.instant()));
                    case Run.Scheduled run ->
                        new Stage(SUCCEEDED, runs.scheduled(run, (CronJob) workload, seen.jobs()));
                    case Run.Once run -> new Stage(SUCCEEDED, runs.once((Job) workload));
                });
        return new Verdict(stages, progress, missedAfter(plan, workload, seen));
    }

    private static Optional<Instant> missedAfter(ServicePlan plan, HasMetadata workload, ServiceChildren seen) {
        return plan.run() instanceof Run.Scheduled run
                ? NextRun.latest(run, (CronJob) workload, seen.jobs())
                : Optional.empty();
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
    private ServiceStatus status(ServicePlan plan, Verdict verdict, List<Condition> conditions) {
        boolean ready = Stage.verdict(verdict.stages()) instanceof Outcome.Done;
        var last = reporter.last(plan.owner());
        return new ServiceStatus(
                plan.owner().getMetadata().getGeneration(),
                conditions,
                ready
                        ? new ServiceRevision(plan.digest())
                        : last.map(ServiceStatus::revision).orElse(null),
                ready
                        ? verdict.progress().map(Progress::desired).orElse(0)
                        : last.map(ServiceStatus::replicas).orElse(null),
                Labels.OWNER + "=" + plan.name(),
                plan.exceptions().describe(),
                Objects.requireNonNull(references).usersOf(plan.owner()));
    }
}
