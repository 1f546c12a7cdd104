package dev.ashlar.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One rule of a kind: a file that the API server takes and a file that it refuses with the message of the first line. Of a rule about a change there is a third
 * file, with what is there before.
 */
public record Rule(Path folder) {
    static final String OLD = "old.yaml";

    private static final Path ROOT = Path.of("src/test/resources/validation");

    /** The rules of {@code site} or {@code service}, by name. */
    public static Stream<Rule> of(String kind) {
        return list(ROOT.resolve(kind)).stream().map(Rule::new);
    }

    public void check(KubernetesClient client, String namespace) {
        if (isAboutAChange()) {
            client.resource(resource(OLD)).inNamespace(namespace).serverSideApply();
        }
        assertThat(verdict("good.yaml", client, namespace)).isEmpty();
        assertThat(verdict("bad.yaml", client, namespace)).contains(message());
    }

    /** What the first line of the bad file says. */
    String message() {
        return read("bad.yaml").lines().findFirst().orElseThrow().substring("# ".length());
    }

    List<String> files() {
        return list(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private String verdict(String file, KubernetesClient client, String namespace) {
        var asked = client.resource(resource(file)).inNamespace(namespace).dryRun();
        try {
            if (isAboutAChange()) {
                // Not an update, which the operator's own write of the status could race.
                asked.serverSideApply();
            } else {
                asked.create();
            }
            return "";
        } catch (KubernetesClientException e) {
            return Objects.requireNonNull(e.getStatus(), e::toString).getMessage();
        }
    }

    private boolean isAboutAChange() {
        return files().contains(OLD);
    }

    private GenericKubernetesResource resource(String file) {
        return Serialization.unmarshal(read(file), GenericKubernetesResource.class);
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return ROOT.relativize(folder).toString();
    }
}
