package dev.ashlar.images;

import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.layer.Bench;
import dev.ashlar.images.layer.ContentCheck;
import dev.ashlar.images.layer.LayerBuild;
import dev.ashlar.images.layer.OwnFiles;
import dev.ashlar.images.oci.ImageConfig;
import dev.ashlar.images.oci.LayerTar;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.origin.DebianRelease;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.recipe.LayerSpec;
import dev.ashlar.images.recipe.Recipe;
import dev.ashlar.images.website.Website;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One recipe on its way to an image for one platform, or to a folder of programs: layers first, each cached by itself, then the
 * whole.
 */
final class ImageBuild {
    /** Part of every key; raise it when the builder makes other bytes of the same inputs. */
    private static final String FORMAT = "2";
    /** The same for programs. */
    private static final String PROGRAMS_FORMAT = "1";

    private static final String LAYER = "layer.tar";

    private final Images images;
    private final String name;
    private final Recipe recipe;
    private final Platform platform;
    private final Bench bench;

    ImageBuild(Images images, String name, Recipe recipe, Platform platform) {
        this.images = images;
        this.name = name;
        this.recipe = recipe;
        this.platform = platform;
        this.bench = new Bench(
                name,
                platform,
                images.root(),
                images.lock(),
                images.sources(),
                images.cache(),
                images.compilerCache(),
                OwnFiles.of(images.root().resolve("images").resolve(name), recipe),
                images.progress());
    }

    /** The image; throws when the recipe makes programs. */
    BuiltImage image() {
        if (recipe.programs()) {
            throw new BuildException("%s is a folder of programs for the host, not an image".formatted(name));
        }
        return guarded(() -> {
            Optional<BuiltImage> base = base();
            List<Keyed> layers = keyedLayers();
            Wanted wanted = wantedImage(base, layers);
            Path folder = images.cache().get(wanted, (content, work) -> assemble(content, base, layers));
            String file = "images/%s/%s".formatted(name, Recipe.FILE);
            return new BuiltImage(name, new Layout(folder).descriptor().digest(), folder, Optional.of(file), List.of());
        });
    }

    /** The folder of programs; throws when the recipe makes an image. */
    Path programs() {
        if (!recipe.programs()) {
            throw new BuildException("%s is an image, not a folder of programs for the host".formatted(name));
        }
        return guarded(() -> {
            List<Keyed> layers = keyedLayers();
            return images.cache().get(wantedPrograms(layers), (content, work) -> {
                for (Keyed layer : layers) {
                    Path own = Files.createDirectories(work.resolve(String.valueOf(layer.index())));
                    Path tree = Files.createDirectories(own.resolve("tree"));
                    make(layer, tree, Files.createDirectories(own.resolve("work")));
                    Folders.copy(tree, content, file -> true);
                }
            });
        });
    }

    /** The hash of everything that the result depends on, which also names its cache entry. */
    String inputs() {
        return guarded(() -> wanted().inputs());
    }

    /** Whether the result is in the cache, and whole. */
    boolean isCached() {
        Optional<ImageBuild> base = baseBuild();
        return (base.isEmpty() || base.get().isCached())
                && guarded(() -> images.cache().find(wanted())).isPresent();
    }

    /** Whether the result is in the cache and no byte of it changed. */
    boolean isWhole() {
        return guarded(() -> images.cache().findReadingAll(wanted())).isPresent();
    }

    private Wanted wanted() throws IOException {
        return recipe.programs() ? wantedPrograms(keyedLayers()) : wantedImage(base(), keyedLayers());
    }

    /** Brings what the layers are made from and lock.yaml does not list into a folder; {@code work} is as in LayerBuild. */
    void gather(Path work, SourceFolder folder) throws IOException {
        for (LayerSpec layer : recipe.layers()) {
            LayerBuild.of(layer, bench).gather(work, folder);
        }
    }

    boolean makesPrograms() {
        return recipe.programs();
    }

    /** The image below, for the same platform. */
    private Optional<ImageBuild> baseBuild() {
        return recipe.baseName().map(base -> images.build(base, platform));
    }

    private Optional<BuiltImage> base() {
        return baseBuild().map(ImageBuild::image);
    }

    private record Keyed(int index, LayerBuild build, String inputs) {}

    private List<Keyed> keyedLayers() throws IOException {
        List<Keyed> layers = new ArrayList<>();
        for (int i = 0; i < recipe.layers().size(); i++) {
            LayerBuild build = LayerBuild.of(recipe.layers().get(i), bench);
            Sha256 inputs = new Sha256().add("format", recipe.programs() ? PROGRAMS_FORMAT : FORMAT);
            if (!recipe.programs()) {
                inputs.add("release", DebianRelease.of(images.lock().sources())); // which origins name
            }
            if (recipe.website()) {
                inputs.add("website", Website.FORMAT);
            }
            build.addInputs(inputs);
            layers.add(new Keyed(i, build, inputs.hex()));
        }
        return layers;
    }

    private Wanted wantedImage(Optional<BuiltImage> base, List<Keyed> layers) {
        Sha256 inputs = new Sha256()
                .add("format", FORMAT)
                .add("base", base.map(BuiltImage::digest).orElse("none"))
                .add("run", recipe.run().toString())
                .add("allows", recipe.waivers().toString());
        platform.addTo(inputs);
        layers.forEach(layer -> inputs.add("layer", layer.inputs()));
        return new Wanted(name, inputs.hex(), 50);
    }

    private Wanted wantedPrograms(List<Keyed> layers) throws IOException {
        Sha256 inputs = new Sha256().add("programs", PROGRAMS_FORMAT);
        long mebibytes = 0;
        for (Keyed layer : layers) {
            inputs.add("layer", layer.inputs());
            mebibytes += layer.build().mebibytes();
        }
        return new Wanted(name, inputs.hex(), mebibytes);
    }

    private void assemble(Path content, Optional<BuiltImage> base, List<Keyed> layers) throws IOException {
        List<Path> tars = new ArrayList<>();
        Origins origins = base.isPresent() ? base.get().origins() : Origins.NONE;
        for (Keyed layer : layers) {
            Path built = built(layer);
            tars.add(built.resolve(LAYER));
            origins = origins.plus(Origins.read(built));
        }
        ContentCheck.require(name, platform, recipe.waivers(), tars);
        List<Layout> below =
                base.stream().map(image -> new Layout(image.layout())).toList();
        ImageConfig.Run inherited = below.isEmpty()
                ? ImageConfig.Run.DEFAULT
                : below.getFirst().config().config();
        Layout.write(content, new Layout.Parts(platform, below, tars, MergedConfig.of(inherited, recipe.run())));
        origins.write(content);
    }

    private static Origins make(Keyed layer, Path tree, Path work) throws IOException {
        layer.build().fetch(work);
        return layer.build().build(tree, work);
    }

    /** The folder with the layer and the origins of its files. */
    private Path built(Keyed layer) throws IOException {
        String label = "%s.%d-%s".formatted(name, layer.index(), layer.build().kind());
        Wanted wanted = new Wanted(label, layer.inputs(), layer.build().mebibytes());
        return images.cache().get(wanted, (content, work) -> {
            Path tree = Files.createDirectories(work.resolve("tree"));
            Origins origins = make(layer, tree, Files.createDirectories(work.resolve("work")));
            if (recipe.website()) {
                origins = origins.plus(extras(origins, tree, Files.createDirectories(work.resolve("extras"))));
            }
            LayerTar.write(tree, "/", layer.build().fileMode(), content.resolve(LAYER));
            origins.write(content);
        });
    }

    /** Adds what nginx is given beside a website's files; a packed copy comes from where its file comes from, and the index from all. */
    private static Origins extras(Origins files, Path tree, Path extras) throws IOException {
        new Website(tree.resolve(Website.FOLDER.substring(1)), tree).writeExtras(extras);
        Folders.copy(extras, tree, file -> true);
        return Origins.of(extras, "", path -> files.sourcesOf(path.replaceFirst("\\.gz$", "")));
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T guarded(Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
