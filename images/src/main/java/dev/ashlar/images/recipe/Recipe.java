package dev.ashlar.images.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ashlar.images.host.BuildException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One {@code image.yaml}.
 *
 * @param description one sentence on what the image is for
 * @param base another image of the tree, whose layers come first and whose config is inherited
 * @param programs true: a folder of programs for the host instead of an image
 * @param isStatic true: no dynamic ELF file, no shell, no script and no setuid may be in the image; when absent, true
 *     unless a layer comes from a Debian package or a wheel
 * @param layers in order, each one layer of the image
 * @param config how the image runs
 */
public record Recipe(
        String description,
        @Nullable String base,
        boolean programs,
        @JsonProperty("static") @Nullable Boolean isStatic,
        List<LayerSpec> layers,
        @Nullable RunConfig config) {
    public static final String FILE = "image.yaml";

    public Recipe {
        layers = layers == null ? List.of() : List.copyOf(layers);
    }

    /** Reads and checks the recipe of one image folder. */
    public static Recipe read(Path root, String name) {
        Path file = root.resolve("images").resolve(name).resolve(FILE);
        Recipe recipe = Yaml.read(root, file, Recipe.class);
        recipe.check(root.relativize(file).toString());
        return recipe;
    }

    /** How the image runs, with what the YAML leaves out. */
    public RunConfig run() {
        return config == null ? RunConfig.EMPTY : config;
    }

    public Optional<String> baseName() {
        return Optional.ofNullable(base);
    }

    /** Whether the image claims to be static. */
    public boolean claimsStatic() {
        if (isStatic != null) {
            return isStatic;
        }
        return layers.stream().allMatch(layer -> switch (layer) {
            case LayerSpec.Deb deb -> false;
            case LayerSpec.Wheel wheel -> false;
            case LayerSpec.Go go -> true;
            case LayerSpec.C c -> true;
            case LayerSpec.Files files -> true;
        });
    }

    private void check(String file) {
        if (description == null || description.isBlank()) {
            throw new BuildException(file + ": description is missing; say in one sentence what the image is for");
        }
        if (layers.isEmpty() && base == null) {
            throw new BuildException(file + ": neither base nor layers; name at least one");
        }
        if (programs && (base != null || config != null)) {
            throw new BuildException(file + ": programs for the host have neither base nor config; remove them");
        }
        for (int i = 0; i < layers.size(); i++) {
            String problem = problem(layers.get(i));
            if (!problem.isEmpty()) {
                throw new BuildException("%s: layers[%d].%s".formatted(file, i, problem));
            }
        }
    }

    /** What is wrong with a layer, or the empty string; the only place where one layer's fields are checked. */
    private static String problem(LayerSpec layer) {
        return switch (layer) {
            case LayerSpec.Go go ->
                go.packages().isEmpty()
                        ? "go: packages is empty; write {import path: /path in the image}"
                        : notAbsolute("go.packages", go.packages());
            case LayerSpec.C c -> c.script() == null ? "c: script is missing; name the build script" : "";
            case LayerSpec.Deb deb ->
                deb.packages().isEmpty() || deb.files().isEmpty()
                        ? "deb: packages and files must each name at least one"
                        : "";
            case LayerSpec.Wheel wheel ->
                wheel.name() == null || wheel.from() == null || wheel.to() == null
                        ? "wheel: package, from and to are all needed"
                        : notAbsolute("wheel", Map.of("to", wheel.to()));
            case LayerSpec.Files files ->
                files.from() == null || files.to() == null
                        ? "files: from and to are both needed"
                        : notAbsolute("files", Map.of("to", files.to()));
        };
    }

    private static String notAbsolute(String field, Map<String, String> paths) {
        for (Map.Entry<String, String> path : paths.entrySet()) {
            if (!path.getValue().startsWith("/")) {
                return "%s.%s: %s is not an absolute path; begin it with /"
                        .formatted(field, path.getKey(), path.getValue());
            }
        }
        return "";
    }
}
