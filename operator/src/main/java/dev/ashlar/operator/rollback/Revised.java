package dev.ashlar.operator.rollback;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.rollout.Target;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Site, or a Service without one, and its history.
 *
 * @param rollbackTo the revision that it is held back at, null when it is not
 */
record Revised(
        Target target, List<HistoryEntry> history, @Nullable Integer rollbackTo) {

    /** @param namespace all when it is empty */
    static Revised find(KubernetesClient client, Optional<String> namespace, String name, boolean service) {
        List<Service> services = list(client, Service.class, namespace, name);
        List<Revised> found = Stream.concat(
                        service
                                ? Stream.empty()
                                : list(client, Site.class, namespace, name).stream()
                                        .map(Revised::of),
                        services.stream()
                                .filter(each -> Labels.site(each).isEmpty())
                                .map(Revised::of))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new Failure(found.isEmpty() ? none(namespace, name, services) : several(found));
    }

    /** What ran before what runs. */
    HistoryEntry former() {
        return history.stream()
                .filter(entry -> entry.verdict() == Verdict.SUPERSEDED)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new Failure("%s has no earlier revision that answered; `ashlar history %s` lists all"
                        .formatted(target, target.name())));
    }

    HistoryEntry find(int number) {
        return history.stream()
                .filter(entry -> entry.number() == number)
                .findFirst()
                .orElseThrow(() -> new Failure("%s has no revision %d; name one of %s"
                        .formatted(
                                target,
                                number,
                                history.stream()
                                        .map(entry -> entry.number().toString())
                                        .collect(Collectors.joining(", ")))));
    }

    private static <T extends HasMetadata> List<T> list(
            KubernetesClient client, Class<T> kind, Optional<String> namespace, String name) {
        var all = client.resources(kind);
        return namespace
                .map(in -> all.inNamespace(in).withField("metadata.name", name).list())
                .orElseGet(() ->
                        all.inAnyNamespace().withField("metadata.name", name).list())
                .getItems();
    }

    private static Revised of(Site site) {
        return new Revised(
                target(RolloutKind.SITE, site),
                site.getStatus() == null ? List.of() : site.getStatus().history(),
                site.getSpec().rollbackTo());
    }

    private static Revised of(Service service) {
        return new Revised(
                target(RolloutKind.SERVICE, service),
                service.getStatus() == null ? List.of() : service.getStatus().history(),
                service.getSpec().rollbackTo());
    }

    private static Target target(RolloutKind kind, HasMetadata resource) {
        return new Target(
                kind,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    private static String none(Optional<String> namespace, String name, List<Service> services) {
        return services.stream()
                .flatMap(service -> Labels.site(service).stream())
                .findFirst()
                .map(site -> "Service %s belongs to Site %s, which has the history of both: `ashlar history %2$s`"
                        .formatted(name, site))
                .orElseGet(() -> "there is no Site and no Service %s%s; `ashlar status` lists what there is"
                        .formatted(
                                name, namespace.map(in -> " in namespace " + in).orElse("")));
    }

    private static String several(List<Revised> found) {
        return "there are %s; choose with -n, or with --service"
                .formatted(found.stream().map(each -> each.target().toString()).collect(Collectors.joining(", ")));
    }
}
