package dev.ashlar.operator.route;

import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.secret.SecretReader;
import dev.ashlar.operator.secret.Secrets;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What the Sites ask of the gateway since the operator leads, and how each of them fared when it was last published. */
@Singleton
public final class Gateway {
    /** Whether it is tried in vain is not told by an event. */
    private static final Duration RECHECK = Duration.ofSeconds(5);

    private static final Outcome ON_THE_WAY =
            new Outcome.Waiting(RouteReason.Routing, "The gateway is about to be told of the site's routes.", RECHECK);
    private static final Outcome NOT_PUBLISHED = new Outcome.Waiting(
            RouteReason.NotPublished,
            "The gateway cannot be told of the site's routes and serves what it was told before, which is tried again by itself; see why: "
                    + "`kubectl -n ashlar-system logs deployment/operator`.");
    private static final Outcome NO_ROOM = new Outcome.Waiting(
            RouteReason.CertificateRefused,
            "The gateway has no room for the certificate of the site: those of older Sites fill it; let an ACME server give some, or share one for many domains.");
    private static final Outcome PUBLISHED = new Outcome.Done("The gateway was told of the site's routes.");

    /** What was last published of a Site, and how it fared. */
    private record Verdict(SiteRoutes of, Outcome outcome, HeldDomains held) {}

    private final Environment environment;
    private final SecretReader secrets;
    private final GatewayKind kind;
    private final Map<String, SiteRoutes> asked = new HashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    /** What was last said of each Site, or is about to be. */
    private final Map<String, Outcome> said = new HashMap<>();

    private final Semaphore changes = new Semaphore(0);
    /** Why the gateway leaves Sites out. */
    private Map<String, String> refused = Map.of();

    private boolean isPublished;
    private boolean isInTrouble;
    private volatile Supplier<Stream<ResourceID>> known = Stream::empty;
    private volatile Consumer<ResourceID> listener = site -> {};

    @Inject
    Gateway(
            Environment environment,
            SecretReader secrets,
            @ConfigProperty(name = GatewayKind.SETTING, defaultValue = GatewayKind.DEFAULT) GatewayKind kind) {
        this.environment = environment;
        this.secrets = secrets;
        this.kind = kind;
    }

    /**
     * Asks for a Site's routes, and says how far that is.
     *
     * @param spec what runs of it
     */
    public Outcome serve(Site site, SiteSpec spec) {
        return serve(site, routes(site, spec));
    }

    private synchronized Outcome serve(Site site, SiteRoutes routes) {
        if (!routes.equals(asked.put(routes.key(), routes))) {
            changes.release();
        }
        Verdict verdict = verdicts.get(routes.key());
        Outcome outcome = verdict != null && verdict.of().equals(routes) ? outcome(verdict) : yetToCome(site);
        said.put(routes.key(), outcome);
        return outcome;
    }

    /** Notes which Sites the gateway leaves out, and returns those of which that was not said. */
    synchronized List<ResourceID> heard(Map<String, String> now) {
        Map<String, String> before = refused;
        refused = now;
        return asked.values().stream()
                .filter(site -> !Objects.equals(before.get(site.key()), now.get(site.key())))
                .map(SiteRoutes::id)
                .toList();
    }

    private Outcome outcome(Verdict verdict) {
        String why = refused.get(verdict.of().key());
        return why == null || !(verdict.outcome() instanceof Outcome.Done)
                ? verdict.outcome()
                : new Outcome.Stalled(
                        RouteReason.NotServed,
                        "The gateway does not serve Site %s, whose routes it cannot read; take the last change back, and report it: %s."
                                .formatted(verdict.of().name(), why));
    }

    /** The domains that these routes are for, once that is settled. */
    public synchronized Optional<HeldDomains> held(SiteRoutes routes) {
        return Optional.ofNullable(verdicts.get(routes.key()))
                .filter(verdict -> verdict.of().equals(routes))
                .map(Verdict::held);
    }

    private Outcome yetToCome(Site site) {
        return Optional.of(site)
                .filter(each -> !isPublished)
                .flatMap(Gateway::told)
                .orElse(isInTrouble ? NOT_PUBLISHED : ON_THE_WAY);
    }

    /** What the operator before this one told of the same routes: it stays until there is more to say. */
    private static Optional<Outcome> told(Site site) {
        return Optional.ofNullable(site.getStatus())
                .flatMap(status -> Conditions.current(site, status.conditions(), Stage.ROUTED))
                .flatMap(routed -> routed.status().equals("True")
                        ? Optional.of(new Outcome.Done(routed.message()))
                        : RouteReason.onlyAnEditHelps(routed.reason())
                                .map(reason -> new Outcome.Stalled(reason, routed.message())));
    }

    /** Leaves a Site's routes as they were asked for; of a Site that nobody asked for since the operator started, those of its spec are. */
    public void leave(Site site) {
        if (find(site).isEmpty()) {
            serve(site, site.getSpec());
        }
    }

    /**
     * Reads the Secrets that it names, which takes its time, without keeping others waiting. Who may visit a Site is always as its
     * spec has it: going back to an older revision opens nothing.
     */
    private SiteRoutes routes(Site site, SiteSpec spec) {
        SiteSpec guarded = spec.guardedAs(site.getSpec());
        Optional<Given> before = find(site).map(SiteRoutes::given);
        return SiteRoutes.of(
                site, guarded, SiteSecrets.of(guarded, site.getMetadata().getNamespace(), secrets, before));
    }

    private synchronized Optional<SiteRoutes> find(Site site) {
        return Optional.ofNullable(asked.get(key(ResourceID.fromResource(site))));
    }

    /** What a Site asks for, which it did before. */
    public SiteRoutes asked(Site site) {
        return find(site).orElseThrow();
    }

    /** The Sites whose routes need what changed. */
    synchronized List<ResourceID> users(Secrets.Change change) {
        return asked.values().stream()
                .filter(site -> site.namespace().equals(change.namespace()))
                .filter(site -> site.given().secrets().stream().anyMatch(change::concerns))
                .map(SiteRoutes::id)
                .toList();
    }

    /**
     * @param sites all that there are
     * @param changed is told of a Site that fares otherwise than before
     */
    void follow(Supplier<Stream<ResourceID>> sites, Consumer<ResourceID> changed) {
        known = sites;
        listener = changed;
    }

    /** Which one it is. */
    public GatewayKind kind() {
        return kind;
    }

    /** Waits for something to publish. */
    void await() throws InterruptedException {
        changes.acquire();
    }

    /** Has all of it published, although nothing else was asked for. */
    void publishAgain() {
        changes.release();
    }

    /**
     * All that is asked for now, of those Sites that are still there; nothing of it is waited for any more. Empty after a start, while a
     * Site was not heard, which would be left out.
     */
    synchronized Optional<SortedMap<String, SiteRoutes>> take() {
        changes.drainPermits();
        Set<String> there = known.get().map(Gateway::key).collect(Collectors.toSet());
        asked.keySet().retainAll(there); // one may be asked for while it is deleted
        return isPublished || asked.keySet().containsAll(there) ? Optional.of(new TreeMap<>(asked)) : Optional.empty();
    }

    /** Notes what became of it, and tells of each Site that fares otherwise than was said. */
    void published(SortedMap<String, SiteRoutes> sites, Holders holders, GivenCertificates given) {
        Redirects redirects = new Redirects(sites.values(), holders, environment);
        SortedMap<String, Verdict> judged = new TreeMap<>();
        sites.forEach((key, site) -> judged.put(
                key,
                new Verdict(site, judge(site, holders, given, redirects), holders.of(site, environment.addresses()))));
        note(judged).forEach(listener);
    }

    private synchronized List<ResourceID> note(SortedMap<String, Verdict> judged) {
        isInTrouble = false;
        isPublished = true;
        verdicts.keySet().retainAll(judged.keySet());
        said.keySet().retainAll(judged.keySet());
        List<ResourceID> otherwise = new ArrayList<>();
        judged.forEach((key, verdict) -> {
            SiteRoutes site = verdict.of();
            Verdict before = verdicts.put(key, verdict);
            Outcome outcome = outcome(verdict);
            if (!outcome.equals(said.put(key, outcome)) || isToBeToldAgain(before, verdict)) {
                otherwise.add(site.id());
            }
        });
        return otherwise;
    }

    /** Where each Site's routes are objects of its own, these follow the domains that it has. */
    private boolean isToBeToldAgain(@Nullable Verdict before, Verdict now) {
        return kind == GatewayKind.GATEWAY_API
                && (before == null || !before.held().equals(now.held()));
    }

    /** Notes that nothing came of it; it is to be tried again. */
    synchronized void notPublished() {
        isInTrouble = true;
    }

    private Outcome judge(SiteRoutes site, Holders holders, GivenCertificates given, Redirects redirects) {
        return site.unknownPort()
                .<Outcome>map(message -> new Outcome.Stalled(RouteReason.UnknownPort, message))
                .or(() -> site.upstreamIn(environment.cluster())
                        .map(message -> new Outcome.Stalled(RouteReason.ClusterAddress, message)))
                .or(() -> holders.conflict(site, environment.addresses())
                        .map(message -> new Outcome.Stalled(RouteReason.Conflict, message)))
                .or(() ->
                        redirects.endless(site).map(message -> new Outcome.Stalled(RouteReason.RedirectLoop, message)))
                .or(() -> site.given().trouble())
                .or(() -> Optional.of(given).filter(all -> all.leavesOut(site)).map(all -> NO_ROOM))
                .orElse(PUBLISHED);
    }

    private static String key(ResourceID site) {
        return site.getNamespace().orElseThrow() + "/" + site.getName();
    }
}
