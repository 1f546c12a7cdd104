package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Cases of what is made from what: in a folder {@code in.yaml} and one {@code out-NAME.yaml} for each object. A file that no object
 * answers to fails, as does an object without its file; {@code -Dgolden=write} writes the files instead.
 */
public final class Golden {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private Golden() {}

    /** The folders of a feature's cases. */
    public static Stream<Path> cases(String feature) {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources", feature))) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The case's resource, with what the API server would have added. */
    public static <T extends HasMetadata> T in(Path folder, Class<T> kind) {
        T resource = YAML.unmarshal(read(folder.resolve("in.yaml")), kind);
        resource.getMetadata().setNamespace("demo");
        resource.getMetadata().setUid("00000000-0000-0000-0000-000000000000");
        return resource;
    }

    /** The case's resources, each with a namespace and a time of its own. */
    public static <T extends HasMetadata> List<T> all(Path folder, Class<T> kind) {
        return Stream.of(read(folder.resolve("in.yaml")).split("(?m)^---$"))
                .map(document -> YAML.unmarshal(document, kind))
                .toList();
    }

    /** Compares the objects with the case's files; some cases have more of these to start from. */
    public static void matches(Path folder, Map<String, ?> objects, String... more) throws IOException {
        TreeSet<String> expected = new TreeSet<>(Set.of(more));
        expected.add("in.yaml");
        for (var object : objects.entrySet()) {
            Path file = folder.resolve("out-" + object.getKey() + ".yaml");
            expected.add(file.getFileName().toString());
            if (WRITE) {
                Files.writeString(file, YAML.asYaml(object.getValue()));
            }
            assertThat(file).exists();
            assertThat(YAML.unmarshal(YAML.asYaml(object.getValue()), JsonNode.class))
                    .as(file.toString())
                    .isEqualTo(YAML.unmarshal(read(file), JsonNode.class));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
