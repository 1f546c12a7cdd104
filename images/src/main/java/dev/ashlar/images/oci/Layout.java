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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An OCI image layout folder with one image, or with one index of images for several platforms. */
public record Layout(Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}";

    /**
     * What one image is made of.
     *
     * @param base one image whose layers come first, or none
     * @param tars the layers above
     */
    public record Parts(Platform platform, List<Layout> base, List<Path> tars, ImageConfig.Run run) {}

    /** Writes a layout of one image; its layers are linked or copied. */
    public static Layout write(Path folder, Parts parts) throws IOException {
        Layout layout = new Layout(folder);
        Files.createDirectories(folder.resolve("blobs/sha256"));
        List<Descriptor> layers = new ArrayList<>();
        for (Layout below : parts.base()) {
            for (Descriptor layer : below.manifest().layers()) {
                link(below.blob(layer), layout.blob(layer));
                layers.add(layer);
            }
        }
        for (Path tar : parts.tars()) {
            Descriptor layer = Descriptor.of(Descriptor.LAYER, Sha256.of(tar), Files.size(tar));
            link(tar, layout.blob(layer));
            layers.add(layer);
        }
        Descriptor config = layout.writeJson(Descriptor.CONFIG, ImageConfig.of(parts.platform(), parts.run(), layers));
        Descriptor manifest = layout.writeJson(Descriptor.MANIFEST, Manifest.of(config, layers));
        return layout.of(manifest.withPlatform(parts.platform().fields()));
    }

    /** Writes a layout of an index of these images, in this order. */
    public static Layout write(Path folder, List<Layout> images) throws IOException {
        Layout layout = new Layout(folder);
        Files.createDirectories(folder.resolve("blobs/sha256"));
        List<Descriptor> manifests = new ArrayList<>();
        for (Layout image : images) {
            link(image.blob(image.descriptor()), layout.blob(image.descriptor()));
            for (Descriptor blob : image.blobs()) {
                link(image.blob(blob), layout.blob(blob));
            }
            manifests.add(image.descriptor());
        }
        return layout.of(layout.writeJson(Descriptor.INDEX, Index.of(manifests)));
    }

    private Layout of(Descriptor top) throws IOException {
        JSON.writeValue(folder.resolve("index.json").toFile(), Index.of(List.of(top)));
        Files.writeString(folder.resolve("oci-layout"), VERSION);
        return this;
    }

    /** The descriptor of the manifest, or of the index. */
    public Descriptor descriptor() throws IOException {
        return read(folder.resolve("index.json")).getFirst();
    }

    /** The descriptors of the images, each with its platform: those of the index, or the one image alone. */
    public List<Descriptor> images() throws IOException {
        Descriptor top = descriptor();
        return top.mediaType().equals(Descriptor.INDEX) ? read(blob(top)) : List.of(top);
    }

    private static List<Descriptor> read(Path index) throws IOException {
        return JSON.readValue(index.toFile(), Index.class).manifests();
    }

    /** The manifest of the one image. */
    public Manifest manifest() throws IOException {
        return manifest(descriptor());
    }

    /** The manifest of one of the images. */
    public Manifest manifest(Descriptor image) throws IOException {
        return JSON.readValue(blob(image).toFile(), Manifest.class);
    }

    /** Configs and layers of all images, each once. */
    public List<Descriptor> blobs() throws IOException {
        Set<Descriptor> blobs = new LinkedHashSet<>();
        for (Descriptor image : images()) {
            blobs.addAll(manifest(image).blobs());
        }
        return List.copyOf(blobs);
    }

    /** The config of the one image. */
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
            Descriptor named = descriptor().withAnnotations(Map.of("io.containerd.image.name", reference));
            put(out, "oci-layout", VERSION.getBytes(StandardCharsets.UTF_8));
            put(out, "index.json", JSON.writeValueAsBytes(Index.of(List.of(named))));
            Set<Descriptor> all = new LinkedHashSet<>(List.of(descriptor()));
            all.addAll(images());
            all.addAll(blobs());
            for (Descriptor blob : all) {
                putBlob(out, blob);
            }
        }
        Files.move(unfinished, tar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
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
