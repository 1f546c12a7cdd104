package dev.ashlar.images.proof;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.source.LayoutImage;
import dev.ashlar.images.proof.untrusted.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** An OCI layout that a test fills, honest unless the test says otherwise. */
public final class TestImage {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final List<ObjectNode> layers = new ArrayList<>();
    private final List<String> diffIds = new ArrayList<>();
    private final List<ObjectNode> index = new ArrayList<>();
    private final List<ObjectNode> written = new ArrayList<>();
    private final Map<String, String> account = new LinkedHashMap<>();
    private Consumer<ObjectNode> settings = config -> {};
    private Consumer<ObjectNode> manifest = node -> {};
    private String user = "65532:65532";
    private boolean sbom = true;

    public TestImage(Path folder) {
        this.folder = folder;
    }

    public TestImage layer(TarBytes tar) {
        return layer(tar, Descriptor.LAYER, tar.bytes());
    }

    public TestImage gzip(TarBytes tar) {
        byte[] bytes = tar.bytes();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return layer(tar, Descriptor.LAYER + "+gzip", packed.toByteArray());
    }

    public TestImage layer(TarBytes tar, String mediaType, byte[] packed) {
        account.putAll(tar.account());
        return layer(mediaType, packed, "sha256:" + Sha256.of(tar.bytes()));
    }

    /** A layer of any bytes with any diffID. */
    public TestImage layer(String mediaType, byte[] packed, String diffId) {
        layers.add(blob(mediaType, packed));
        diffIds.add(diffId);
        return this;
    }

    public TestImage user(String user) {
        this.user = user;
        return this;
    }

    public TestImage withoutSbom() {
        sbom = false;
        return this;
    }

    /** Changes what the SBOM says of a path; the empty string leaves it out. */
    public TestImage accounting(String path, String value) {
        account.put(path, value);
        return this;
    }

    public TestImage settings(Consumer<ObjectNode> change) {
        settings = change;
        return this;
    }

    public TestImage manifest(Consumer<ObjectNode> change) {
        manifest = change;
        return this;
    }

    /** Writes config, manifest, SBOM and index; returns the digest of the manifest. */
    public String write() {
        ObjectNode config = JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");
        config.putObject("config").put("User", user).putArray("Entrypoint").add("/server");
        ArrayNode ids = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        diffIds.forEach(ids::add);
        settings.accept(config);
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Descriptor.MANIFEST);
        node.set("config", blob(Descriptor.CONFIG, json(config)));
        node.putArray("layers").addAll(layers);
        manifest.accept(node);
        return write(json(node));
    }

    /** Writes these bytes as the manifest. */
    public String write(byte[] bytes) {
        ObjectNode descriptor = blob(Descriptor.MANIFEST, bytes);
        String digest = descriptor.get("digest").asText();
        index.add(descriptor);
        if (sbom) {
            index.add(artifact(descriptor, digest));
        }
        writeIndex();
        return digest;
    }

    public void list(ObjectNode descriptor) {
        index.clear();
        index.add(descriptor);
        writeIndex();
    }

    private void writeIndex() {
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Descriptor.INDEX);
        node.putArray("manifests").addAll(index);
        put(folder.resolve("index.json"), json(node));
        put(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode artifact(ObjectNode subject, String digest) {
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Descriptor.MANIFEST);
        node.put("artifactType", Sboms.TYPE);
        node.set("config", blob("application/vnd.oci.empty.v1+json", "{}".getBytes(StandardCharsets.UTF_8)));
        node.putArray("layers").add(blob(Sboms.TYPE, json(document(digest))));
        node.set("subject", subject);
        return blob(Descriptor.MANIFEST, json(node));
    }

    private ObjectNode document(String digest) {
        ObjectNode document =
                JSON.createObjectNode().put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        document.putObject("metadata")
                .putObject("component")
                .put("type", "container")
                .put("version", digest);
        ArrayNode components = document.putArray("components");
        account.forEach((path, value) -> {
            if (value.startsWith("sha256:")) {
                ObjectNode file = components.addObject().put("type", "file").put("name", path);
                file.putArray("hashes").addObject().put("alg", "SHA-256").put("content", value.substring(7));
            } else if (value.startsWith("link:")) {
                ObjectNode file = components.addObject().put("type", "file").put("name", path);
                file.putArray("properties")
                        .addObject()
                        .put("name", "ashlar:link")
                        .put("value", value.substring(5));
            }
        });
        return document;
    }

    /** Puts this SBOM in the place of an honest one. */
    public void attach(String digest, byte[] sbom) {
        index.removeLast();
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Descriptor.MANIFEST);
        node.put("artifactType", Sboms.TYPE);
        node.putArray("layers").add(blob(Sboms.TYPE, sbom));
        node.putObject("subject").put("digest", digest);
        index.add(blob(Descriptor.MANIFEST, json(node)));
        writeIndex();
    }

    /** Its SBOM as an artifact. */
    public List<Artifact> artifact(String digest) {
        Descriptor subject = Descriptor.of(Descriptor.MANIFEST, digest.substring(7), size(digest));
        return List.of(Artifact.of(subject, Sboms.TYPE, json(document(digest)), Map.of()));
    }

    private long size(String digest) {
        return folder.resolve("blobs/sha256")
                .resolve(digest.substring(7))
                .toFile()
                .length();
    }

    /** Descriptors of all that was written, manifests included. */
    public List<ObjectNode> blobs() {
        return List.copyOf(written);
    }

    public ObjectNode blob(String mediaType, byte[] content) {
        String hex = Sha256.of(content);
        put(folder.resolve("blobs/sha256").resolve(hex), content);
        ObjectNode descriptor = JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", "sha256:" + hex)
                .put("size", content.length);
        written.add(descriptor.deepCopy());
        return descriptor;
    }

    private static void put(Path file, byte[] content) {
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] json(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The layers' digests, the lowest first. */
    public List<String> layers() {
        return layers.stream().map(layer -> layer.get("digest").asText()).toList();
    }

    /** What the list of a tree would say of it, had the tree built it. */
    public KnownImage known(String digest, Map<String, String> allows) {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("config").put("User", user).putArray("Entrypoint").add("/server");
        return new KnownImage("web", digest, ImageManifest.run(config), layers(), allows);
    }

    /** Judges it by itself. */
    public Verdicts judge(KnownImages known) {
        return judge(known, Limits.DEFAULT);
    }

    Verdicts judge(KnownImages known, Limits limits) {
        try (LayoutImage source = LayoutImage.open(folder, Optional.empty())) {
            return Proof.of(source, known, limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it and judges it as if the tree had built it, so that nothing but its content can be wrong. */
    public Verdicts judgeAsBuilt(Map<String, String> allows) {
        String digest = write();
        return judge(new KnownImages(List.of(known(digest, allows))));
    }
}
