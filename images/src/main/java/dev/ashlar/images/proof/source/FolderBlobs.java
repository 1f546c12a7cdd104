package dev.ashlar.images.proof.source;

import dev.ashlar.images.proof.untrusted.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A layout in a folder; links in it are not followed, since they may lead to a device. */
record FolderBlobs(Path folder) implements Blobs {
    @Override
    public InputStream open(String path) throws IOException {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Malformed("is not in the layout");
        }
        return Files.newInputStream(file);
    }

    @Override
    public void close() {}
}
