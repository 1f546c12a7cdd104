package dev.ashlar.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compares the CRDs in one folder, the released ones, with those of the same names in another; ends with 1 where they break objects. */
public final class Compare {
    private Compare() {}

    public static void main(String[] args) throws IOException {
        List<String> breaks = breaks(Path.of(args[0]), Path.of(args[1]));
        if (!breaks.isEmpty()) {
            System.err.printf(
                    "The CRDs refuse objects that the released ones take, or read them in another way:%n  %s%nLeave"
                            + " what is released as it is and add beside it. If everybody can do without it, `make"
                            + " release-crds` makes the CRDs the released ones.%n",
                    String.join("\n  ", breaks));
            System.exit(1);
        }
    }

    private static List<String> breaks(Path released, Path present) throws IOException {
        List<String> breaks = new ArrayList<>();
        try (Stream<Path> files = Files.list(released)) {
            for (Path file : files.sorted().toList()) {
                Path other = present.resolve(file.getFileName());
                if (Files.exists(other)) {
                    breaks.addAll(breaks(read(file), read(other)));
                } else {
                    breaks.add(file.getFileName() + ": is gone");
                }
            }
        }
        return breaks;
    }

    private static JsonNode read(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    /** What breaks in each version of a definition. */
    static List<String> breaks(JsonNode released, JsonNode present) {
        return released.at("/spec/versions")
                .valueStream()
                .flatMap(version -> {
                    String name = "%s %s"
                            .formatted(
                                    released.at("/spec/names/kind").asText(),
                                    version.path("name").asText());
                    return version(present, version.path("name").asText())
                            .map(other -> new Comparison(name + " ", schema(version), schema(other)).breaks())
                            .findFirst()
                            .orElseGet(() -> Stream.of(name + ": is not served any more"));
                })
                .toList();
    }

    private static Stream<JsonNode> version(JsonNode definition, String name) {
        return definition
                .at("/spec/versions")
                .valueStream()
                .filter(version -> version.path("name").asText().equals(name)
                        && version.path("served").asBoolean());
    }

    private static JsonNode schema(JsonNode version) {
        return version.at("/schema/openAPIV3Schema");
    }
}
