package dev.ashlar.operator.service;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceRevision;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.operator.history.Course;
import dev.ashlar.operator.history.HistoryReason;
import dev.ashlar.operator.history.ImageRegistry;
import dev.ashlar.operator.history.Keeper;
import dev.ashlar.operator.history.Ledger;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.AskedFor;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Readiness;
import dev.ashlar.operator.kube.Reporter;
import dev.ashlar.operator.kube.SharedStore;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.policy.ProofWatch;
import dev.ashlar.operator.policy.RegistryAccess;
import dev.ashlar.operator.secret.Secrets;
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
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings one Service from its spec to pods that answer: plan, apply, judge, report. */
@Singleton
@ControllerConfiguration(
        name = "service",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = AskedFor.class, itemStore = SharedStore.class))
public final class ServiceReconciler implements Reconciler<Service> {
    /** Nothing is known that could run: what is there stays. */
    private static final Verdict UNTOUCHED = Verdict.of(
            new Stage(Stage.APPLIED, new Outcome.Waiting(HistoryReason.RevisionUnknown, "All stays as it is.")));

    private final Keeper<ServiceSpec> keeper;
    private final Applier applier;
    private final Reporter<Service, ServiceStatus> reporter;
    private final Provider<ClusterNetwork> network;
    private final RegistryAccess registry;
    private final Secrets secrets;
    private final Clock clock;
    private @Nullable References references;
    private @Nullable WarningWatch warnings;
    private @Nullable ProofWatch proofs;

    public ServiceReconciler(
            KubernetesClient client,
            Provider<ClusterNetwork> network,
            RegistryAccess registry,
            ImageRegistry images,
            Secrets secrets,
            Clock clock) {
        this.keeper = new Keeper<>(client, new ServiceRevisions(), images, clock);
        this.applier = new Applier(client);
        this.reporter = new Reporter<>(client, clock, ServiceStatus::conditions);
        this.network = network;
        this.registry = registry;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Service>> prepareEventSources(EventSourceContext<Service> context) {
        Readiness.measure(Service.class, context.getPrimaryCache(), ServiceStatus::conditions);
        references = new References(context);
        warnings = new WarningWatch(context);
        proofs = new ProofWatch(context, registry, clock);
        return Stream.concat(
                        ServiceChildren.watch(context, applier),
                        Stream.of(new SecretWatch(secrets, context), references, warnings, proofs))
                .toList();
    }

    @Override
    public UpdateControl<Service> reconcile(Service service, Context<Service> context) {
        Course<ServiceSpec> course = course(service);
        ServicePlan plan = ServicePlan.of(ServiceRevisions.on(course, service, reporter.last(service)));
        Stage proven = Objects.requireNonNull(proofs).stage(plan.owner(), plan.image());
        Verdict verdict = course.spec().isPresent() ? place(plan, proven, context) : UNTOUCHED;
        if (proven.outcome() instanceof Outcome.Waiting soon && soon.recheck().isPositive()) {
            return UpdateControl.<Service>noUpdate().rescheduleAfter(soon.recheck());
        }
        Ledger history = course.judged(verdict.isDone(), verdict.causes(plan.name()));
        var control = reporter.report(
                service,
                course.told(verdict.stages()),
                conditions -> status(plan, verdict, conditions, history.entries()));
        return Reporter.atLatestIn(course.recheck(history).or(() -> verdict.missedIn(clock.instant())), control);
    }

    /** The history of a Service that belongs to a Site is the Site's. */
    private Course<ServiceSpec> course(Service service) {
        return Labels.site(service).isPresent()
                ? Course.unrecorded(service, service.getSpec())
                : keeper.course(service, ServiceRevisions.asked(service), history(service));
    }

    private List<HistoryEntry> history(Service service) {
        return reporter.last(service).map(ServiceStatus::history).orElse(List.of());
    }

    /** The log has the details, and the framework tries again. */
    @Override
    public ErrorStatusUpdateControl<Service> updateErrorStatus(
            Service service, Context<Service> context, Exception exception) {
        if (Reporter.isWorthReporting(context)) {
            var trouble = new Outcome.Waiting(ServiceReason.OperatorError, Reporter.SEE_LOG);
            Verdict verdict = Verdict.of(new Stage(Stage.APPLIED, trouble));
            ServicePlan plan = ServicePlan.of(service);
            reporter.report(
                    service, verdict.stages(), conditions -> status(plan, verdict, conditions, history(service)));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private Verdict place(ServicePlan plan, Stage proven, Context<Service> context) {
        return proven.isInTheWay()
                ? Verdict.of(proven)
                : place(plan, new ServiceChildren(context)).after(proven);
    }

    private Verdict place(ServicePlan asked, ServiceChildren seen) {
        UsedSecrets used = UsedSecrets.of(asked, secrets);
        if (!(used.outcome() instanceof Outcome.Done)) {
            return Verdict.of(new Stage(Stage.APPLIED, used.outcome()));
        }
        ServicePlan plan = asked.withSecrets(used.versions());
        Evidence evidence = new Evidence(seen.pods(), seen.claims(), Objects.requireNonNull(warnings));
        Runs runs = new Runs(plan, evidence, clock.instant());
        var placed = new Placement(plan, ServiceObjects.of(plan, network.get()), seen, applier, runs)
                .run(Objects.requireNonNull(references).missing(plan.owner()));
        HasMetadata workload = placed.workload();
        if (workload == null) {
            return new Verdict(placed.stages(), Optional.empty(), Optional.empty());
        }
        Optional<Progress> progress = Progress.of(workload)
                .map(now -> now.after(ServiceRevisions.answered(plan.owner()).orElse(null)));
        var stages = new ArrayList<>(placed.stages());
        stages.add(
                switch (plan.run()) {
                    case Run.Lasting run ->
                        new Stage(
                                Stage.AVAILABLE,
                                Rollout.judge(plan, progress.orElseThrow(), evidence, clock.instant()));
                    case Run.Scheduled run ->
                        new Stage(Stage.SUCCEEDED, runs.scheduled(run, (CronJob) workload, seen.jobs()));
                    case Run.Once run -> new Stage(Stage.SUCCEEDED, runs.once((Job) workload));
                });
        return new Verdict(stages, progress, missedAfter(plan, workload, seen));
    }

    private static Optional<Instant> missedAfter(ServicePlan plan, HasMetadata workload, ServiceChildren seen) {
        return plan.run() instanceof Run.Scheduled run
                ? NextRun.latest(run, (CronJob) workload, seen.jobs())
                : Optional.empty();
    }

    /** The revision and the replicas are those that serve: while a new revision is not Ready, the old one still does. */
    private ServiceStatus status(
            ServicePlan plan, Verdict verdict, List<Condition> conditions, List<HistoryEntry> history) {
        boolean ready = verdict.isDone();
        var last = reporter.last(plan.owner());
        return new ServiceStatus(
                plan.owner().getMetadata().getGeneration(),
                conditions,
                ready
                        ? new ServiceRevision(
                                plan.digest(),
                                verdict.progress().map(Progress::revision).orElse(null))
                        : last.map(ServiceStatus::revision).orElse(null),
                ready
                        ? verdict.progress().map(Progress::desired).orElse(0)
                        : last.map(ServiceStatus::replicas).orElse(null),
                Labels.OWNER + "=" + plan.name(),
                plan.exceptions().describe(),
                Objects.requireNonNull(references).usersOf(plan.owner()),
                history);
    }
}
