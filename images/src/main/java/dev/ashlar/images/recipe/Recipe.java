package dev.ashlar.images.recipe;

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
 * @param website true: nginx serves the one layer's files under /content and is given their index and packed copies
 * @param programs true: a folder of programs for the host instead of an image
 * @param onRequest true: made only when it is asked for by name, since it needs what few machines have
 * @param allows what the image's own layers may hold although images here do without it, each with the reason
 * @param layers in order, each one layer of the image
 * @param config how the image runs
 */
public record Recipe(
        String description,
        @Nullable String base,
        boolean website,
        boolean programs,
        boolean onRequest,
        @Nullable Allows allows,
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

    /** What the image may hold although images here do without it. */
    public Allows waivers() {
        return allows == null ? Allows.NOTHING : allows;
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
        if (website && (base == null || layers.size() != 1)) {
            throw new BuildException(file + ": a website is one layer on nginx; write base: nginx, and one layer");
        }
        checkAllows(file);
        for (int i = 0; i < layers.size(); i++) {
            String problem = problem(layers.get(i));
            if (!problem.isEmpty()) {
                throw new BuildException("%s: layers[%d].%s".formatted(file, i, problem));
            }
        }
    }

    private void checkAllows(String file) {
        if (programs && allows != null) {
            throw new BuildException(file + ": programs for the host may hold anything; remove allows");
        }
        waivers().reasons().forEach((waiver, reason) -> {
            if (reason.isBlank()) {
                throw new BuildException(
                        "%s: allows.%s has no reason; say in one sentence why the image cannot do without"
                                .formatted(file, waiver.key()));
            }
        });
    }

    /** What is wrong with a layer, or the empty string; the only place where one layer's fields are checked. */
    private static String problem(LayerSpec layer) {
        return switch (layer) {
            case LayerSpec.Go go ->
                go.packages().isEmpty()
                        ? "go: packages is empty; write {import path: /path in the image}"
                        : notAbsolute("go.packages", go.packages());
            case LayerSpec.C c -> c.script() == null ? "c: script is missing; name the build script" : "";
            case LayerSpec.Npm npm ->
                npm.module() == null || npm.script() == null ? "npm: module and script are both needed" : "";
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
