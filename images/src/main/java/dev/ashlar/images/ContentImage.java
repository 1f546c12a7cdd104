package dev.ashlar.images;

import dev.ashlar.images.cache.BuildCache;
import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.ImageConfig;
import dev.ashlar.images.oci.LayerTar;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.website.Website;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the images of a website: the layers of a base image, one with a folder under {@code /content}, and, where nginx serves it, one
 * with what nginx is given beside it.
 */
public final class ContentImage {
    private static final String FORMAT = "3";

    private final Path content;
    private final String files;
    private final String name;
    private final BuildCache cache;
    private final boolean isServed;

    private ContentImage(Path content, String files, String name, BuildCache cache, boolean isServed) {
        this.content = content;
        this.files = files;
        this.name = name;
        this.cache = cache;
        this.isServed = isServed;
    }

    /**
     * Builds the image that serves the files, in the cache; the same files on the same base give the same digest, and on
     * an index of bases an index. A folder that is empty, has an
     * unreadable or special file, a link that leaves it, a {@code .git}, or more than 1 GiB is refused with a
     * {@link dev.ashlar.images.host.BuildException} that names the path and the remedy.
     *
     * @param cache Ashlar's cache folder, as {@link Checkout#cache}
     * @param name of the image, as it is then pushed
     */
    public static BuiltImage build(BuiltImage base, Path folder, Path cache, String name) {
        return build(base, folder, cache, name, true);
    }

    /** Builds, in the same way, the image that runs the files instead, as PHP does: without the index and the packed copies. */
    public static BuiltImage buildRunning(BuiltImage base, Path folder, Path cache, String name) {
        return build(base, folder, cache, name, false);
    }

    private static BuiltImage build(BuiltImage base, Path folder, Path cache, String name, boolean isServed) {
        Path content = folder.toAbsolutePath().normalize();
        ContentFolder checked = new ContentFolder(content, ContentFolder.LIMIT);
        checked.check();
        try {
            String files = Folders.hash(content, file -> true);
            BuildCache builds = new BuildCache(cache.resolve("build"), Progress.toTerminal());
            ContentImage image = new ContentImage(content, files, name, builds, isServed);
            List<BuiltImage> images = new ArrayList<>();
            for (BuiltImage below : base.images()) {
                images.add(image.over(below));
            }
            return ImageIndex.of(images, builds);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + content, e);
        }
    }

    private BuiltImage over(BuiltImage base) throws IOException {
        String inputs = new Sha256()
                .add("content", FORMAT)
                .add("website", isServed ? Website.FORMAT : "")
                .add("base", base.digest())
                .add("files", files)
                .add("name", name)
                .add("folders", folders(content))
                .hex();
        Wanted wanted = new Wanted("content." + name.replace('/', '.'), inputs, 2 * (size(content) >> 20) + 10);
        Path layout = cache.get(wanted, (into, work) -> write(base, into, work));
        return new BuiltImage(name, new Layout(layout).descriptor().digest(), layout, Optional.empty(), List.of());
    }

    private void write(BuiltImage base, Path into, Path work) throws IOException {
        Path tar = work.resolve("layer.tar");
        LayerTar.write(content, Website.FOLDER, null, tar);
        Path extras = Files.createDirectories(work.resolve("extras"));
        List<Path> layers = new ArrayList<>(List.of(tar));
        if (isServed) {
            new Website(content, content).writeExtras(extras);
            Path extrasTar = work.resolve("extras.tar");
            LayerTar.write(extras, "/", null, extrasTar);
            layers.add(extrasTar);
        }
        Layout below = new Layout(base.layout());
        ImageConfig config = below.config();
        Layout.write(into, new Layout.Parts(config.platform(), List.of(below), layers, config.config()));
        Source source = Source.tree(name, files);
        base.origins()
                .plus(Origins.of(content, Website.FOLDER, path -> List.of(source)))
                .plus(Origins.of(extras, List.of(source)))
                .write(into);
    }

    private static String folders(Path content) throws IOException {
        return Folders.below(content).stream()
                .filter(Files::isDirectory)
                .map(folder -> content.relativize(folder).toString())
                .toList()
                .toString();
    }

    private static long size(Path content) throws IOException {
        return Folders.below(content).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }
}
