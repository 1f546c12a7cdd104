package dev.ashlar.images.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Images of one file that nothing can compress, for tests. */
public final class RandomImage {
    private RandomImage() {}

    /** An image of the layer that seed and size give, with a config of its own; {@code folder} is for this and others. */
    public static Layout write(Path folder, String name, int seed, int size) throws IOException {
        Path files = Files.createDirectories(folder.resolve("files-" + name));
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        Files.write(files.resolve("content"), content);
        Path tar = folder.resolve(name + ".tar");
        LayerTar.write(files, "/", null, tar);
        ImageConfig.Run run =
                new ImageConfig.Run(null, Map.of(), List.of("NAME=" + name), List.of(), List.of(), "/", null);
        return Layout.write(
                folder.resolve("layout-" + name), new Layout.Parts(Platform.AMD64, List.of(), List.of(tar), run));
    }
}
