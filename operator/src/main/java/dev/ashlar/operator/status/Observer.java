package dev.ashlar.operator.status;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from the cluster what the tables show, in one namespace or in all. */
record Observer(KubernetesClient client, Optional<String> namespace) {

    Overview overview() {
        Stream<Entry> sites = list(Site.class).stream().map(Entry::of);
        Stream<Entry> services = list(Service.class).stream()
                .filter(service -> Labels.site(service).isEmpty())
                .map(Entry::of);
        return new Overview(Stream.concat(sites, services)
                .sorted(Comparator.comparing(Entry::namespace)
                        .thenComparing(Entry::kind, Comparator.reverseOrder())
                        .thenComparing(Entry::name))
                .toList());
    }

    SiteDetail detail(String name) {
        Site site = find(name);
        var in = new Observer(client, Optional.of(site.getMetadata().getNamespace()));
        List<Service> services = in.list(Service.class).stream()
                .filter(service -> Labels.owns(site, service))
                .toList();
        return new SiteDetail(
                Entry.of(site),
                Entry.conditions(site.getStatus()),
                services.stream().map(Entry::of).toList(),
                services.stream().flatMap(in::pods).toList());
    }

    private Site find(String name) {
        List<Site> found = list(Site.class).stream()
                .filter(site -> site.getMetadata().getName().equals(name))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new Failure(
                found.isEmpty()
                        ? "there is no Site %s%s; `ashlar status` lists what there is"
                                .formatted(
                                        name,
                                        namespace
                                                .map(in -> " in namespace " + in)
                                                .orElse(""))
                        : "there are Sites %s in the namespaces %s; choose with -n"
                                .formatted(
                                        name,
                                        found.stream()
                                                .map(site -> site.getMetadata().getNamespace())
                                                .collect(Collectors.joining(", "))));
    }

    private Stream<Pod> pods(Service service) {
        return client
                .pods()
                .inNamespace(service.getMetadata().getNamespace())
                .withLabel(Labels.OWNER, service.getMetadata().getName())
                .list()
                .getItems()
                .stream();
    }

    private <T extends HasMetadata> List<T> list(Class<T> type) {
        MixedOperation<T, KubernetesResourceList<T>, Resource<T>> resources = client.resources(type);
        try {
            return namespace
                    .map(name -> resources.inNamespace(name).list())
                    .orElseGet(() -> resources.inAnyNamespace().list())
                    .getItems();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 404) {
                throw new Failure(
                        "this cluster does not know the kinds Site and Service; `make deploy` installs them", refused);
            }
            throw refused;
        }
    }
}
