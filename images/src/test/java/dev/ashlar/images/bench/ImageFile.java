package dev.ashlar.images.bench;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes a static program out of an image, so that it runs here as it is. */
public final class ImageFile {
    private ImageFile() {}

    public static Path extract(BuiltImage image, String name, Path to) throws IOException {
        Layout layout = new Layout(image.images().getFirst().layout());
        for (Descriptor layer : layout.manifest().layers()) {
            try (var in =
                    new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(layout.blob(layer))))) {
                for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.getName().equals(name)) {
                        Files.copy(in, to);
                        return Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
                    }
                }
            }
        }
        throw new IOException("the image %s holds no /%s".formatted(image.name(), name));
    }
}
