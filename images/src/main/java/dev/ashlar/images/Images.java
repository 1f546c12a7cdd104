package dev.ashlar.images;

import dev.ashlar.images.cache.BuildCache;
import dev.ashlar.images.fetch.MavenLock;
import dev.ashlar.images.fetch.Sources;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.layer.CompilerCache;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.Lock;
import dev.ashlar.images.recipe.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The images of a checkout: each is built when it is asked for and not yet in the cache. */
public final class Images {
    private final Path root;
    private final List<Platform> platforms;
    private final Lock lock;
    private final Sources sources;
    private final BuildCache cache;
    private final CompilerCache compilerCache;
    private final Progress progress;

    private Images(
            Path root,
            List<Platform> platforms,
            Sources sources,
            BuildCache cache,
            CompilerCache compilerCache,
            Progress progress) {
        this.root = root;
        this.platforms = platforms;
        this.lock = Lock.read(root);
        this.sources = sources;
        this.cache = cache;
        this.compilerCache = compilerCache;
        this.progress = progress;
    }

    /** The images of this checkout for the platforms of the environment; progress goes to the standard error output. */
    public static Images open(Checkout checkout) {
        return open(checkout, Progress.toTerminal());
    }

    /** The images of this checkout for these platforms. */
    public static Images open(Checkout checkout, List<Platform> platforms) {
        return open(checkout, platforms, Progress.toTerminal());
    }

    static Images open(Checkout checkout, Progress progress) {
        return open(checkout, Platform.wanted(System.getenv()), progress);
    }

    static Images open(Checkout checkout, List<Platform> platforms, Progress progress) {
        BuildCache cache = new BuildCache(checkout.cache().resolve("build"), progress);
        return new Images(
                checkout.root(),
                platforms,
                new Sources(checkout.cache(), checkout.sources(), progress),
                cache,
                new CompilerCache(checkout.cache().resolve("zig")),
                progress);
    }

    /** The names of all images that are not on request only, sorted. */
    public List<String> names() {
        return namesWithThoseOnRequest().stream()
                .filter(name -> !recipe(name).onRequest())
                .toList();
    }

    /** The names of all folders in {@code images/} that hold an {@code image.yaml}, sorted. */
    List<String> namesWithThoseOnRequest() {
        try (Stream<Path> folders = Files.list(root.resolve("images"))) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(Recipe.FILE)))
                    .map(Folders::name)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image of this name; throws a {@link BuildException} that says what to do when it cannot be made. */
    public BuiltImage image(String name) {
        return build(name).image();
    }

    /** Whether the image is built as the source tree is now, so that {@link #image} takes no time. */
    public boolean isBuilt(String name) {
        return build(name).isCached();
    }

    /** The images that are built as the source tree is now; nothing is built for this. */
    public List<BuiltImage> built() {
        return names().stream().flatMap(name -> built(name).stream()).toList();
    }

    /** The image for all platforms for which it is built, whichever are wanted now; empty when it is for none, or no image. */
    Optional<BuiltImage> built(String name) {
        List<BuiltImage> images = Stream.of(Platform.values())
                .map(platform -> build(name, platform))
                .filter(build -> !build.makesPrograms() && isBuilt(build))
                .map(ImageBuild::image)
                .toList();
        return images.isEmpty() ? Optional.empty() : Optional.of(ImageIndex.of(images, cache));
    }

    private static boolean isBuilt(ImageBuild build) {
        try {
            return build.isCached();
        } catch (BuildException missing) {
            return false; // a file that it is made of is not there yet, or not locked for this platform
        }
    }

    /** The folder with the programs of a recipe that says {@code programs: true}; its files must not be changed. */
    public Path programs(String name) {
        return build(name).programs();
    }

    /** How images are made here; for the commands of this package. */
    RecipeBuild build(String name) {
        boolean programs = recipe(name).programs();
        List<Platform> of = programs ? List.of(Platform.own()) : platforms;
        return new RecipeBuild(
                programs,
                cache,
                of.stream().map(platform -> build(name, platform)).toList());
    }

    /** How an image of one platform is made, or programs, which are for this machine. */
    ImageBuild build(String name, Platform platform) {
        Recipe recipe = recipe(name);
        BaseChain.check(name, this::recipe);
        return new ImageBuild(this, name, recipe, platform);
    }

    Recipe recipe(String name) {
        if (!Files.isRegularFile(root.resolve("images").resolve(name).resolve(Recipe.FILE))) {
            throw new BuildException(
                    "there is no image named %s; there are: %s".formatted(name, String.join(", ", names())));
        }
        return Recipe.read(root, name);
    }

    /** What images are made for. */
    List<Platform> platforms() {
        return platforms;
    }

    Path root() {
        return root;
    }

    Lock lock() {
        return lock;
    }

    MavenLock mavenLock() throws IOException {
        return MavenLock.read(root);
    }

    Sources sources() {
        return sources;
    }

    BuildCache cache() {
        return cache;
    }

    CompilerCache compilerCache() {
        return compilerCache;
    }

    Progress progress() {
        return progress;
    }
}
