package dev.ashlar.images;

import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Command.Result;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.LayerSpec;
import dev.ashlar.images.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where images are built a second time: a copy of the checkout in another folder, empty caches, the locked sources alone, and
 * in a process of its own all that {@code images/elsewhere} makes another.
 */
final class Elsewhere {
    /** The recipe of the program that runs another one in other surroundings. */
    static final String NAME = "elsewhere";

    /** Sorts before the sources: a checkout beside ~/.m2 sorts after it, and what is ordered by absolute paths is to show. */
    private static final String TREE = "checkout";

    private static final Set<String> NOT_COPIED = Set.of(".git", "target");

    private final Images here;
    private final Path folder;
    private final Path tree;
    private final SourceFolder sources;
    private final Set<String> unchanged = new TreeSet<>();

    /** @param folder an empty one */
    Elsewhere(Images here, Path folder) throws IOException {
        this.here = here;
        this.folder = folder;
        this.tree = folder.resolve(TREE);
        this.sources = here.sources().folder().orElse(new SourceFolder(folder.resolve("sources")));
        try (Stream<Path> parts = Files.list(here.root())) {
            for (Path part : parts.filter(part -> !NOT_COPIED.contains(Folders.name(part)))
                    .toList()) {
                Folders.copy(part, tree.resolve(Folders.name(part)), this::isSource);
            }
        }
        for (String made : List.of("home", "tmp", "cache")) {
            Files.createDirectories(folder.resolve(made));
        }
    }

    private boolean isSource(Path file) {
        return !here.root().relativize(file).toString().contains("/target/");
    }

    /** Builds an image or programs; throws when that fails. */
    void build(String name) throws IOException {
        boolean ofMaven = isOfMaven(name);
        if (here.sources().folder().isEmpty()) {
            try (Gathering gathering = new Gathering(here, sources)) {
                gathering.image(name);
                if (ofMaven) {
                    gathering.artifacts();
                }
            }
        }
        if (ofMaven) {
            run(name, List.of("make", "-C", tree.toString(), "build"));
        }
        run(name, builder(name));
        if (!images().build(name).isCached()) {
            throw new BuildException("image %s: its second build left nothing behind".formatted(name));
        }
    }

    /** The images that were built there. */
    Images images() {
        Path cache = folder.resolve("cache/ashlar");
        return Images.open(new Checkout(tree, cache, Optional.of(sources)), here.platforms(), here.progress());
    }

    /** Whether this machine let all be another. */
    boolean isComplete() {
        return unchanged.isEmpty();
    }

    /** Whether the image holds what Maven makes of the tree. */
    private boolean isOfMaven(String name) {
        Recipe recipe = here.recipe(name);
        return recipe.layers().stream()
                        .anyMatch(layer -> layer instanceof LayerSpec.Files files
                                && files.from().contains("/target/"))
                || recipe.baseName().filter(this::isOfMaven).isPresent();
    }

    private static List<String> builder(String name) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SecondBuild.class.getName(),
                name);
    }

    private void run(String name, List<String> what) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(here.programs(NAME).resolve(NAME).toString()));
        arguments.addAll(what);
        Command command = new Command(tree, environment(), arguments, folder.resolve("log"));
        Result result = command.run();
        if (!result.ok()) {
            throw command.failure("image %s, built a second time".formatted(name), result, "");
        }
        result.output()
                .lines()
                .filter(line -> line.startsWith("! ") && unchanged.add(line))
                .forEach(line -> here.progress().say("%s", line));
    }

    private Map<String, String> environment() {
        String platforms = here.platforms().stream().map(Platform::toString).collect(Collectors.joining(","));
        return new TreeMap<>(Map.of(
                "PATH",
                System.getenv("PATH"),
                "HOME",
                folder.resolve("home").toString(),
                "TMPDIR",
                folder.resolve("tmp").toString(),
                "XDG_CACHE_HOME",
                folder.resolve("cache").toString(),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "ASHLAR_HOME",
                tree.toString(),
                "ASHLAR_SOURCES",
                sources.folder().toString(),
                "SOURCES",
                sources.folder().toString(),
                Platform.VARIABLE,
                platforms));
    }
}
