package dev.ashlar.operator.route;

import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.kube.Changes;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.FirstLists;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How far the certificates of each Site are, as the gateway tells. */
@Singleton
public final class Certificates {
    private static final String NAME = "gateway";

    /**
     * What certificates are needed for.
     *
     * @param secret where those of the Site's own domains are, when no ACME server gives them
     */
    private record Names(List<String> all, Optional<String> secret) {}

    /** What was said of the certificates for these names. */
    private record Said(Names names, Outcome outcome) {}

    private final String namespace;
    private final SiteAddresses addresses;
    private final Encryption encryption;
    /** What was last said of each Site whose certificates come from elsewhere. */
    private final Map<ResourceID, Said> said = new HashMap<>();

    private GatewayReport report = GatewayReport.NOTHING;

    @Inject
    Certificates(
            SiteAddresses addresses,
            Encryption encryption,
            @ConfigProperty(name = "ashlar.namespace", defaultValue = "ashlar-system") String namespace) {
        this.addresses = addresses;
        this.encryption = encryption;
        this.namespace = namespace;
    }

    /** Hears what the gateway tells before the first Site is looked at, so that a restart changes nothing. */
    void follow(KubernetesClient client, Consumer<GatewayReport> listener) {
        Gauge.builder("ashlar.certificate.first.end", this, Certificates::firstEnd)
                .baseUnit("seconds")
                .register(Metrics.globalRegistry);
        FirstLists.await(List.of(client.configMaps()
                .inNamespace(namespace)
                .withName(NAME)
                .runnableInformer(0)
                .exceptionHandler((started, trouble) -> true)
                .addEventHandler(new Changes<>(
                        now -> listener.accept(GatewayReport.of(now)),
                        gone -> {})) // the gateway writes it anew once it has more to say
                .start()
                .toCompletableFuture()));
    }

    /** When the first of all certificates ends, in seconds since 1970, which the gateway puts off by renewing it; 0 without any. */
    synchronized double firstEnd() {
        return report.certificates().values().stream()
                .flatMap(state -> Stream.ofNullable(state.ends()))
                .mapToDouble(Instant::getEpochSecond)
                .min()
                .orElse(0);
    }

    /** Notes what the gateway tells, and returns the Sites that fare otherwise than was said. */
    synchronized List<ResourceID> heard(GatewayReport now) {
        report = now;
        List<ResourceID> otherwise = new ArrayList<>();
        said.replaceAll((site, before) -> {
            Outcome after = judge(site, before.names(), Optional.of(before.outcome()));
            if (!after.equals(before.outcome())) {
                otherwise.add(site);
            }
            return new Said(before.names(), after);
        });
        return otherwise;
    }

    /**
     * How far they are; nothing when none comes from an ACME server or a Secret.
     *
     * @param spec what runs of the Site
     */
    public synchronized Optional<Outcome> of(Site site, SiteSpec spec) {
        ResourceID id = ResourceID.fromResource(site);
        Names names = names(site, spec);
        if (names.all().isEmpty()) {
            said.remove(id);
            return Optional.empty();
        }
        Optional<Outcome> before = Optional.ofNullable(said.get(id))
                .filter(last -> last.names().equals(names))
                .map(Said::outcome)
                .or(() -> told(site));
        Outcome outcome = judge(id, names, before);
        said.put(id, new Said(names, outcome));
        return Optional.of(outcome);
    }

    /** What the operator before this one told of the same domains. */
    private static Optional<Outcome> told(Site site) {
        return Optional.ofNullable(site.getStatus())
                .flatMap(status -> Conditions.current(site, status.conditions(), Stage.CERTIFIED))
                .filter(condition -> condition.status().equals("True"))
                .map(condition -> new Outcome.Done(condition.message()));
    }

    /** The address that each Site has by itself, encrypted where http would lead there anyway. */
    public String url(Site site) {
        String host = addresses.host(site);
        return encryption.leadsToHttps(encryption.ofOwn(site.getSpec().tls(), host))
                ? encryption.origin(host)
                : addresses.origin(host);
    }

    synchronized void forget(ResourceID gone) {
        said.remove(gone);
    }

    /** The names of which the gateway tells: those where somebody else has a say. */
    private Names names(Site site, SiteSpec spec) {
        String own = addresses.host(site);
        List<String> all = Stream.concat(
                        spec.domains().stream()
                                .map(Domain::name)
                                .filter(addresses::isServed)
                                .filter(name -> isTold(encryption.of(spec.tls(), name))),
                        Stream.of(own).filter(name -> isTold(encryption.ofOwn(spec.tls(), name))))
                .distinct()
                .toList();
        return new Names(all, spec.certificateSecret());
    }

    private static boolean isTold(Encryption.Way way) {
        return way == Encryption.Way.ACME || way == Encryption.Way.SECRET;
    }

    /** A gateway that was just started has yet to look for what is kept: until then what was said before stays. */
    private Outcome judge(ResourceID site, Names needed, Optional<Outcome> before) {
        List<String> names = needed.all();
        Optional<String> wildcard =
                names.stream().filter(name -> name.startsWith("*")).findFirst();
        if (wildcard.isPresent() && needed.secret().isEmpty()) {
            return new Outcome.Stalled(
                    RouteReason.NoWildcard,
                    "Domain %s of Site %s gets no certificate from an ACME server by HTTP; name each domain, or write tls: {internal: {}}."
                            .formatted(wildcard.get(), site.getName()));
        }
        Optional<Outcome> done = before.filter(Outcome.Done.class::isInstance);
        if (done.isPresent() && !report.certificates().keySet().containsAll(names)) {
            return done.get();
        }
        List<String> missing =
                names.stream().filter(name -> ends(name).isEmpty()).toList();
        if (missing.isEmpty()) {
            Instant first = names.stream()
                    .flatMap(name -> ends(name).stream())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            return new Outcome.Done("The certificates of all %d domains are there; the first of them ends on %s."
                    .formatted(names.size(), first.atOffset(ZoneOffset.UTC).toLocalDate()));
        }
        return missing.stream()
                .flatMap(name -> Stream.ofNullable(report.certificates().get(name))
                        .filter(state -> state.trouble() != null)
                        .map(state -> refused(name, Objects.requireNonNull(state.trouble()), needed)))
                .findFirst()
                .orElseGet(() -> new Outcome.Waiting(
                        RouteReason.Issuing,
                        "The certificate of %s is asked for; until it is there, only http answers."
                                .formatted(missing.getFirst())));
    }

    private Optional<Instant> ends(String name) {
        return Optional.ofNullable(report.certificates().get(name)).map(GatewayReport.State::ends);
    }

    private static Outcome refused(String name, GatewayReport.Trouble trouble, Names needed) {
        if (trouble.type().equals("given")) {
            return new Outcome.Waiting(
                    RouteReason.CertificateRefused,
                    "Secret %s does not do for %s: %s; put another certificate there."
                            .formatted(needed.secret().orElseThrow(), name, trouble.detail()));
        }
        String said = switch (trouble.type()) {
            case "dns" -> "%s has no address that leads here; correct its A and AAAA records in the DNS";
            case "connection" ->
                "The ACME server does not reach http://%s; open port 80 to the outside, and let the DNS lead here";
            case "unauthorized", "incorrectResponse" ->
                "Somebody else answers at http://%s; let its A and AAAA records lead here";
            case "rateLimited" -> "The ACME server gives no more certificates for %s for now";
            case "caa" -> "The CAA record of %s lets this ACME server give no certificate; add it there";
            default -> "The certificate of %s was not issued";
        };
        return new Outcome.Waiting(
                RouteReason.NotIssued,
                "%s, which is tried again by itself: %s".formatted(said.formatted(name), trouble.detail()));
    }
}
