package dev.ashlar.operator.route.standard;

import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.crds.Tls;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Children;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.route.Encryption;
import dev.ashlar.operator.route.Gateway;
import dev.ashlar.operator.route.HeldDomains;
import dev.ashlar.operator.route.RouteReason;
import dev.ashlar.operator.route.Routing;
import dev.ashlar.operator.route.SiteAddresses;
import dev.ashlar.operator.route.SiteRoutes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A gateway of the cluster's own, which is told of each Site by HTTPRoutes, and cert-manager by a Certificate. */
@Singleton
@Typed(StandardRouting.class)
public final class StandardRouting implements Routing {
    private final KubernetesClient client;
    private final Applier applier;
    private final Gateway gateway;
    private final SiteAddresses addresses;
    private final Encryption encryption;
    private final Parent parent;
    private final Optional<String> issuer;

    @Inject
    StandardRouting(
            KubernetesClient client,
            Gateway gateway,
            SiteAddresses addresses,
            Encryption encryption,
            Settings settings) {
        this.client = client;
        this.applier = new Applier(client);
        this.gateway = gateway;
        this.addresses = addresses;
        this.encryption = encryption;
        this.parent = settings.parent();
        this.issuer = settings.issuer();
    }

    @Override
    public List<EventSource<?, Site>> sources(EventSourceContext<Site> context) {
        List<EventSource<?, Site>> sources = new ArrayList<>(List.of(source(HTTPRoute.class, context)));
        issuer.ifPresent(name -> sources.add(source(Certificate.class, context)));
        return sources;
    }

    private <T extends HasMetadata> EventSource<?, Site> source(Class<T> kind, EventSourceContext<Site> context) {
        if (!client.supports(kind)) {
            throw new IllegalStateException(
                    "ashlar.gateway is gateway-api, and the cluster has no %s of %s: install its CustomResourceDefinition, or leave the setting out"
                            .formatted(HasMetadata.getKind(kind), HasMetadata.getApiVersion(kind)));
        }
        return new InformerEventSource<>(
                Children.watch(kind, Site.class, applier).build(), context);
    }

    /** As long as it is not settled which domains are the Site's, all of it stays as it is. */
    @Override
    public List<Stage> stages(Site site, SiteSpec spec, Context<Site> context) {
        Outcome asked = gateway.serve(site, spec);
        SiteRoutes routes = gateway.asked(site);
        Optional<HeldDomains> held = gateway.held(routes);
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(
                Stage.ROUTED,
                held.map(names -> routed(routes, names, asked, context)).orElse(asked)));
        if (issuer.isPresent()) {
            held.map(names -> certified(routes, names, issuer.get(), context))
                    .orElseGet(() -> certified(context))
                    .ifPresent(outcome -> stages.add(new Stage(Stage.CERTIFIED, outcome)));
        }
        return stages;
    }

    private Outcome routed(SiteRoutes routes, HeldDomains held, Outcome asked, Context<Site> context) {
        Site site = context.getPrimaryResource();
        var desired = new SiteHttpRoutes(site, routes, addresses.host(site), held, parent);
        Placed<HTTPRoute> placed = Placed.of(HTTPRoute.class, desired.all(), context, applier);
        if (!(asked instanceof Outcome.Done)) {
            return asked;
        }
        return placed.trouble()
                .or(() -> notExpressible(routes))
                .orElseGet(() -> new RouteVerdict(parent).of(placed.live()));
    }

    private Optional<Outcome> notExpressible(SiteRoutes routes) {
        List<String> unsaid =
                Stream.concat(tls(routes).stream(), Unsaid.of(routes).stream()).toList();
        return unsaid.isEmpty()
                ? Optional.empty()
                : Optional.of(new Outcome.Stalled(
                        RouteReason.NotExpressible,
                        "The Gateway API cannot say all that Site %s asks for: %s; take it out of the Site, or use an environment with Ashlar's own gateway."
                                .formatted(routes.name(), String.join(", ", unsaid))));
    }

    /** The environment has one way to certificates, or none. */
    private Optional<String> tls(SiteRoutes routes) {
        return Optional.ofNullable(routes.tls())
                .filter(tls -> tls.disabled() == null)
                .filter(tls -> issuer.isEmpty() || !encryption.isUsual(tls))
                .map(tls -> "tls.%s (no issuer of the environment gives such certificates)".formatted(name(tls)));
    }

    private static String name(Tls tls) {
        if (tls.secret() != null) {
            return "secret";
        }
        return tls.acme() == null ? "internal" : "acme";
    }

    private Optional<Outcome> certified(SiteRoutes routes, HeldDomains held, String issuerName, Context<Site> context) {
        Site site = context.getPrimaryResource();
        List<String> names = encryption.isUsual(routes.tls())
                ? Stream.concat(
                                Stream.of(addresses.host(site)),
                                held.all().stream().map(Domain::name))
                        .distinct()
                        .filter(encryption::isIssued)
                        .toList()
                : List.of();
        List<Certificate> desired = names.isEmpty() ? List.of() : List.of(SiteCertificate.of(site, names, issuerName));
        Placed<Certificate> placed = Placed.of(Certificate.class, desired, context, applier);
        return placed.trouble()
                .or(() -> placed.live().stream().findFirst().map(live -> SiteCertificate.judge(live, parent)));
    }

    private Optional<Outcome> certified(Context<Site> context) {
        return context.getSecondaryResourcesAsStream(Certificate.class)
                .findFirst()
                .map(live -> SiteCertificate.judge(live, parent));
    }
}
