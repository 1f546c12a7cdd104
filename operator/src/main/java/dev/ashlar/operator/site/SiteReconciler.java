package dev.ashlar.operator.site;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteRevision;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.crds.SiteStatus;
import dev.ashlar.operator.history.Course;
import dev.ashlar.operator.history.ImageRegistry;
import dev.ashlar.operator.history.Keeper;
import dev.ashlar.operator.history.Ledger;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.AskedFor;
import dev.ashlar.operator.kube.Children;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Patience;
import dev.ashlar.operator.kube.Readiness;
import dev.ashlar.operator.kube.Reporter;
import dev.ashlar.operator.kube.SharedStore;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.kube.Suspension;
import dev.ashlar.operator.monitor.Monitor;
import dev.ashlar.operator.monitor.MonitorEvents;
import dev.ashlar.operator.route.Certificates;
import dev.ashlar.operator.route.Gateway;
import dev.ashlar.operator.route.RouteEvents;
import dev.ashlar.operator.route.Routing;
import dev.ashlar.operator.secret.Secrets;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings one Site from its spec to Services that answer: plan, apply, judge, report. */
@Singleton
@ControllerConfiguration(
        name = "site",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = AskedFor.class, itemStore = SharedStore.class))
public final class SiteReconciler implements Reconciler<Site> {

    private final Keeper<SiteSpec> keeper;
    private final Applier applier;
    private final Reporter<Site, SiteStatus> reporter;
    private final Gateway gateway;
    private final Certificates certificates;
    private final Routing routing;
    private final Secrets secrets;
    private final Monitor monitor;

    SiteReconciler(
            KubernetesClient client,
            Clock clock,
            Gateway gateway,
            Certificates certificates,
            Routing routing,
            Secrets secrets,
            Monitor monitor,
            ImageRegistry registry) {
        this.keeper = new Keeper<>(client, new SiteRevisions(), registry, clock);
        this.applier = new Applier(client);
        this.reporter = new Reporter<>(client, clock, SiteStatus::conditions);
        this.gateway = gateway;
        this.certificates = certificates;
        this.routing = routing;
        this.secrets = secrets;
        this.monitor = monitor;
    }

    @Override
    public List<EventSource<?, Site>> prepareEventSources(EventSourceContext<Site> context) {
        Readiness.measure(Site.class, context.getPrimaryCache(), SiteStatus::conditions);
        List<EventSource<?, Site>> sources = new ArrayList<>(routing.sources(context));
        sources.addAll(List.of(
                new InformerEventSource<>(
                        Children.watch(Service.class, Site.class, applier).build(), context),
                new InformerEventSource<>(
                        Children.watch(PersistentVolumeClaim.class, Site.class, applier)
                                .build(),
                        context),
                new RouteEvents(gateway, certificates, secrets, context),
                new MonitorEvents(monitor, context)));
        return sources;
    }

    @Override
    public UpdateControl<Site> reconcile(Site site, Context<Site> context) {
        Optional<SiteStatus> last = reporter.last(site);
        SitePlan asked = SitePlan.of(site);
        Course<SiteSpec> course = keeper.course(
                site, SiteRevisions.asked(asked), last.map(SiteStatus::history).orElse(List.of()));
        SiteChildren placed = course.spec()
                .map(spec -> SiteChildren.place(plan(asked, spec, course), inventory(last), context, applier))
                .orElseGet(SiteChildren::untouched);
        List<Stage> runs = List.of(
                new Stage(Stage.APPLIED, placed.outcome()),
                SiteProof.stage(site, placed.live()),
                new Stage(Stage.AVAILABLE, SiteHealth.judge(placed.live())));
        List<Stage> stages = withRoutes(runs, site, course, context);
        boolean isDone = Stage.verdict(runs) instanceof Outcome.Done;
        Ledger history = course.judged(isDone, SiteHealth.causes(placed.live()));
        var control = reporter.report(
                site,
                SiteHealth.isYetToBeTold(placed.live()) ? Patience.LONG : Patience.SHORT,
                monitor.after(course.told(stages), site),
                conditions -> new SiteStatus(
                        site.getMetadata().getGeneration(),
                        conditions,
                        certificates.url(site),
                        revision(placed.live()),
                        exceptions(placed.live()),
                        placed.live().isEmpty() ? inventory(last) : inventory(placed.live()),
                        history.entries()));
        return Reporter.atLatestIn(course.recheck(history), control);
    }

    /** The routes come before the pods: what Ready says in the end is that these answer. */
    private List<Stage> withRoutes(List<Stage> runs, Site site, Course<SiteSpec> course, Context<Site> context) {
        if (course.spec().isEmpty() || Suspension.isSuspended(site)) {
            gateway.leave(site);
            return runs;
        }
        SiteSpec spec = course.partly()
                .map(alone -> SiteRevisions.mixed(course.spec().get(), alone))
                .orElse(course.spec().get());
        List<Stage> stages = new ArrayList<>(runs);
        Stage last = stages.removeLast();
        stages.addAll(routing.stages(site, spec, context));
        stages.add(last);
        return stages;
    }

    private static SitePlan plan(SitePlan asked, SiteSpec spec, Course<SiteSpec> course) {
        Site site = asked.site();
        SitePlan plan = spec.equals(site.getSpec().unsteered()) ? asked : SitePlan.of(SiteRevisions.with(site, spec));
        return course.partly()
                .map(alone -> plan.with(SitePlan.of(SiteRevisions.with(site, alone.spec())), alone.services()))
                .orElse(plan);
    }

    /** An outage or our own fault: the log has the details, and the framework tries again. */
    @Override
    public ErrorStatusUpdateControl<Site> updateErrorStatus(Site site, Context<Site> context, Exception exception) {
        gateway.leave(site);
        if (Reporter.isWorthReporting(context)) {
            var trouble = new Outcome.Waiting(SiteReason.OperatorError, Reporter.SEE_LOG);
            var last = reporter.last(site);
            reporter.report(
                    site,
                    List.of(new Stage(Stage.APPLIED, trouble)),
                    conditions -> new SiteStatus(
                            site.getMetadata().getGeneration(),
                            conditions,
                            certificates.url(site),
                            last.map(SiteStatus::revision).orElse(null),
                            last.map(SiteStatus::exceptions).orElse(List.of()),
                            inventory(last),
                            last.map(SiteStatus::history).orElse(List.of())));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private static Map<String, String> inventory(Optional<SiteStatus> last) {
        return last.map(SiteStatus::inventory).orElse(Map.of());
    }

    private static Map<String, String> inventory(SequencedMap<String, Service> services) {
        Map<String, String> inventory = new TreeMap<>();
        services.values()
                .forEach(service -> inventory.put(
                        service.getMetadata().getName(), service.getMetadata().getUid()));
        return inventory;
    }

    private static List<String> exceptions(SequencedMap<String, Service> services) {
        return services.entrySet().stream()
                .filter(service -> service.getValue().getStatus() != null)
                .flatMap(service -> service.getValue().getStatus().exceptions().stream()
                        .map(exception -> service.getKey() + ": " + exception))
                .toList();
    }

    /** What serves now; a Service that is not Ready yet still names its older revision. */
    private static @Nullable SiteRevision revision(SequencedMap<String, Service> services) {
        Map<String, String> digests = new TreeMap<>();
        services.forEach((name, service) -> {
            var status = service.getStatus();
            if (status != null && status.revision() != null) {
                digests.put(name, status.revision().digest());
            }
        });
        return digests.isEmpty() ? null : new SiteRevision(digests);
    }
}
