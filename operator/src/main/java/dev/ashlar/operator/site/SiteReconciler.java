package dev.ashlar.operator.site;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteRevision;
import dev.ashlar.crds.SiteStatus;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.AskedFor;
import dev.ashlar.operator.kube.Children;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Reporter;
import dev.ashlar.operator.kube.Stage;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings one Site from its spec to Services that answer: plan, apply, judge, report. */
@ControllerConfiguration(
        name = "site",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = AskedFor.class))
public final class SiteReconciler implements Reconciler<Site> {
    private static final String APPLIED = "Applied";
    private static final String AVAILABLE = "Available";

    private final Applier applier;
    private final Reporter<Site, SiteStatus> reporter;
    private final SiteAddress address;

    SiteReconciler(KubernetesClient client, Clock clock, SiteAddress address) {
        this.applier = new Applier(client);
        this.reporter = new Reporter<>(client, clock, SiteStatus::conditions);
        this.address = address;
    }

    @Override
    public List<EventSource<?, Site>> prepareEventSources(EventSourceContext<Site> context) {
        return List.of(
                new InformerEventSource<>(
                        Children.watch(Service.class, Site.class).build(), context),
                new InformerEventSource<>(
                        Children.watch(PersistentVolumeClaim.class, Site.class).build(), context));
    }

    @Override
    public UpdateControl<Site> reconcile(Site site, Context<Site> context) {
        SitePlan plan = SitePlan.of(site);
        SiteChildren placed = SiteChildren.place(
                plan, reporter.last(site).map(SiteStatus::inventory).orElse(Map.of()), context, applier);
        Stage applied = new Stage(APPLIED, placed.outcome());
        Stage available = new Stage(AVAILABLE, SiteHealth.judge(placed.live()));
        return reporter.report(
                site,
                List.of(applied, SiteProof.stage(site, placed.live()), available),
                conditions -> new SiteStatus(
                        site.getMetadata().getGeneration(),
                        conditions,
                        address.url(site),
                        revision(placed.live()),
                        exceptions(placed.live()),
                        inventory(placed.live())));
    }

    /** An outage or our own fault: the log has the details, and the framework tries again. */
    @Override
    public ErrorStatusUpdateControl<Site> updateErrorStatus(Site site, Context<Site> context, Exception exception) {
        if (Reporter.isWorthReporting(context)) {
            var trouble = new Outcome.Waiting(SiteReason.OperatorError, Reporter.SEE_LOG);
            var last = reporter.last(site);
            reporter.report(
                    site,
                    List.of(new Stage(APPLIED, trouble)),
                    conditions -> new SiteStatus(
                            site.getMetadata().getGeneration(),
                            conditions,
                            address.url(site),
                            last.map(SiteStatus::revision).orElse(null),
                            last.map(SiteStatus::exceptions).orElse(List.of()),
                            last.map(SiteStatus::inventory).orElse(Map.of())));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
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
