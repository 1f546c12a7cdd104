package dev.ashlar.operator.rollback;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be seen from outside of what runs and ran in one namespace. */
record Seen(KubernetesClient client, String namespace) {
    Site site(String name) {
        return client.resources(Site.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    Service service(String name) {
        return client.resources(Service.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** A condition of a Site that speaks of its present spec. */
    Optional<Condition> ofSite(String name, String type) {
        Site site = site(name);
        return site.getStatus() == null
                ? Optional.empty()
                : current(site, site.getStatus().conditions(), type);
    }

    Optional<Condition> ofService(String name, String type) {
        Service service = service(name);
        return service.getStatus() == null
                ? Optional.empty()
                : current(service, service.getStatus().conditions(), type);
    }

    private static Optional<Condition> current(HasMetadata resource, List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .filter(condition -> resource.getMetadata().getGeneration().equals(condition.observedGeneration()))
                .findFirst();
    }

    /** The numbers of the revisions that can be gone back to. */
    List<Long> revisions(HasMetadata owner) {
        return client
                .resources(ControllerRevision.class)
                .inNamespace(namespace)
                .withLabel("ashlar.dev/owner", owner.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(revision -> revision.getMetadata()
                        .getName()
                        .startsWith(owner.getMetadata().getName() + "."))
                .map(ControllerRevision::getRevision)
                .sorted()
                .toList();
    }

    String address(String service) {
        return client.services()
                .inNamespace(namespace)
                .withName(service)
                .require()
                .getSpec()
                .getClusterIP();
    }

    /** What a service answers, empty when it does not. */
    String page(String service) {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://%s:8080/".formatted(address(service))))
                                    .timeout(Duration.ofSeconds(3))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException silent) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
