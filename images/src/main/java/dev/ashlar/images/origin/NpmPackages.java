package dev.ashlar.images.origin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The npm packages that pnpm installed into a folder, as its own list in node_modules names them. */
public final class NpmPackages {
    private static final String FOLDER = "node_modules/.pnpm";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private NpmPackages() {}

    /** Those that are really there; the list also names what is for other processors. */
    public static List<Source> installed(Path folder) throws IOException {
        Path pnpm = folder.resolve(FOLDER);
        Map<String, List<String>> licences = licences(pnpm);
        List<Source> sources = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : YAML.readTree(
                        pnpm.resolve("lock.yaml").toFile())
                .path("packages")
                .properties()) {
            String key = entry.getKey(); // @scope/name@version
            if (licences.containsKey(key)) {
                int at = key.lastIndexOf('@');
                String integrity = entry.getValue().at("/resolution/integrity").asText();
                sources.add(Source.npm(
                        key.substring(0, at), key.substring(at + 1), integrity, licences.getOrDefault(key, List.of())));
            }
        }
        return sources;
    }

    /** By name and version, what each package says of itself. */
    private static Map<String, List<String>> licences(Path pnpm) throws IOException {
        Map<String, List<String>> licences = new HashMap<>();
        try (Stream<Path> files = Files.find(pnpm, 5, (path, attributes) -> isOfPackage(pnpm.relativize(path)))) {
            for (Path file : files.toList()) {
                JsonNode said = JSON.readTree(file.toFile());
                String licence = said.path("license").asText();
                licences.put(
                        said.path("name").asText() + "@" + said.path("version").asText(),
                        licence.isEmpty() ? List.of() : List.of(Spdx.idOf(licence)));
            }
        }
        return licences;
    }

    /** FOLDER/node_modules/name/package.json, or FOLDER/node_modules/@scope/name/package.json. */
    private static boolean isOfPackage(Path path) {
        return path.toString().matches("[^/]+/node_modules/(@[^/]+/)?[^/@]+/package\\.json");
    }
}
