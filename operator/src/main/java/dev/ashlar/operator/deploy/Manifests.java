package dev.ashlar.operator.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.rollout.Target;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The objects that an overlay stands for, and what a deployment wants to know of them. */
record Manifests(List<JsonNode> objects) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static Manifests parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return new Manifests(
                    documents.readAll().stream().filter(JsonNode::isObject).toList());
        } catch (IOException broken) {
            throw new IllegalArgumentException("kubectl kustomize wrote no YAML", broken);
        }
    }

    /** The images of the cluster's own registry that the objects name, without registry, tag and digest. */
    SortedSet<String> images() {
        var names = new TreeSet<String>();
        for (JsonNode object : objects) {
            boolean ours = isOurs(object);
            for (JsonNode image : object.findValues("image")) {
                name(image.asText(), ours).ifPresent(names::add);
            }
        }
        return names;
    }

    /** In our kinds a name without a host is in the cluster's registry; elsewhere it is somebody else's. */
    private static Optional<String> name(String image, boolean ours) {
        String plain = image.replaceFirst("@.*$", "").replaceFirst(":[^/:]*$", "");
        if (plain.startsWith(NamedImage.REGISTRY)) {
            return Optional.of(plain.substring(NamedImage.REGISTRY.length()));
        }
        return ours && !plain.contains(".") && !plain.contains(":") ? Optional.of(plain) : Optional.empty();
    }

    /** The objects that must run before an image can be pushed: the registry's own workloads, and everything that runs nothing. */
    Manifests beforeTheRegistry() {
        return new Manifests(objects.stream()
                .filter(object -> !isOurs(object) && (kind(object).isEmpty() || isRegistry(object)))
                .toList());
    }

    private static boolean isRegistry(JsonNode object) {
        return new Manifests(List.of(object)).images().stream().allMatch(name -> name.startsWith("registry"));
    }

    /** What is to be waited for: Sites and Services last, since one of the others is the operator that judges them. */
    List<Target> targets() {
        return objects.stream()
                .sorted(Comparator.comparing(Manifests::isOurs))
                .flatMap(object -> kind(object).stream().map(kind -> target(kind, object)))
                .toList();
    }

    private static Target target(RolloutKind kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new Target(
                kind,
                metadata.path("namespace").asText("default"),
                metadata.path("name").asText());
    }

    private static Optional<RolloutKind> kind(JsonNode object) {
        return RolloutKind.of(
                object.path("apiVersion").asText(), object.path("kind").asText());
    }

    private static boolean isOurs(JsonNode object) {
        return object.path("apiVersion").asText().startsWith("ashlar.dev/");
    }

    String yaml() {
        return String.join("", objects.stream().flatMap(Manifests::write).toList());
    }

    private static Stream<String> write(JsonNode object) {
        try {
            return Stream.of(YAML.writeValueAsString(object));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
