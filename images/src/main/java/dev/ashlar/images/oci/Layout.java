package dev.ashlar.images.oci;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An OCI image layout folder with one image for linux/amd64. */
public record Layout(Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}";
    private static final Map<String, String> PLATFORM = Map.of("architecture", "amd64", "os", "linux");

    private record Index(int schemaVersion, String mediaType, List<Descriptor> manifests) {}

    /** Writes a layout: the layers of the base, if there is one, then the given tars, which are linked or copied. */
    public static Layout write(Path folder, List<Layout> base, List<Path> tars, ImageConfig.Run run)
            throws IOException {
        Layout layout = new Layout(folder);
        Files.createDirectories(folder.resolve("blobs/sha256"));
        List<Descriptor> layers = new ArrayList<>();
        for (Layout below : base) {
            for (Descriptor layer : below.manifest().layers()) {
                link(below.blob(layer), layout.blob(layer));
                layers.add(layer);
            }
        }
        for (Path tar : tars) {
            Descriptor layer = Descriptor.of(Descriptor.LAYER, Sha256.of(tar), Files.size(tar));
            link(tar, layout.blob(layer));
            layers.add(layer);
        }
        Descriptor config = layout.writeJson(Descriptor.CONFIG, ImageConfig.of(run, layers));
        Descriptor manifest = layout.writeJson(Descriptor.MANIFEST, Manifest.of(config, layers));
        Files.writeString(folder.resolve("index.json"), index(manifest, Map.of()));
        Files.writeString(folder.resolve("oci-layout"), VERSION);
        return layout;
    }

    /** The descriptor of the one manifest. */
    public Descriptor descriptor() throws IOException {
        return JSON.readValue(folder.resolve("index.json").toFile(), Index.class)
                .manifests()
                .getFirst();
    }

    public Manifest manifest() throws IOException {
        return JSON.readValue(blob(descriptor()).toFile(), Manifest.class);
    }

    public ImageConfig config() throws IOException {
        return JSON.readValue(blob(manifest().config()).toFile(), ImageConfig.class);
    }

    /** The file of a blob. */
    public Path blob(Descriptor descriptor) {
        return folder.resolve("blobs/sha256").resolve(descriptor.hex());
    }

    /** Writes the image as one tar whose index names it by this reference, which is how containerd then knows it. */
    public void writeTar(Path tar, String reference) throws IOException {
        Path unfinished = Files.createTempFile(Folders.parent(tar), Folders.name(tar), ".new");
        try (OutputStream file = Files.newOutputStream(unfinished);
                TarArchiveOutputStream out = new TarArchiveOutputStream(file, "UTF-8")) {
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            Map<String, String> names = Map.of("io.containerd.image.name", reference);
            put(out, "oci-layout", VERSION.getBytes(StandardCharsets.UTF_8));
            put(out, "index.json", index(descriptor(), names).getBytes(StandardCharsets.UTF_8));
            putBlob(out, descriptor());
            for (Descriptor blob : manifest().blobs()) {
                putBlob(out, blob);
            }
        }
        Files.move(unfinished, tar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static String index(Descriptor manifest, Map<String, String> annotations) throws IOException {
        Descriptor named = new Descriptor(
                manifest.mediaType(),
                null,
                manifest.digest(),
                manifest.size(),
                new java.util.TreeMap<>(PLATFORM),
                annotations);
        return JSON.writeValueAsString(new Index(2, Descriptor.INDEX, List.of(named)));
    }

    private static void put(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(LayerTar.TIME.toEpochMilli());
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    private void putBlob(TarArchiveOutputStream out, Descriptor blob) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("blobs/sha256/" + blob.hex());
        entry.setSize(Files.size(blob(blob)));
        entry.setModTime(LayerTar.TIME.toEpochMilli());
        out.putArchiveEntry(entry);
        Files.copy(blob(blob), out);
        out.closeArchiveEntry();
    }

    private Descriptor writeJson(String mediaType, Object value) throws IOException {
        byte[] json = JSON.writeValueAsBytes(value);
        Descriptor descriptor = Descriptor.of(mediaType, Sha256.of(json), json.length);
        Files.write(blob(descriptor), json);
        return descriptor;
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            return; // the same layer twice is one blob
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }
}
