package dev.ashlar.images.proof.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.untrusted.Digests;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image in an OCI layout, a folder or a tar; its referrers are the manifests there that name it as their subject. */
public final class LayoutImage implements ImageSource {
    private static final int LARGEST = 4 << 20;
    private static final int MOST = 64;

    private final String name;
    private final Blobs blobs;
    private final Optional<String> digest;

    private LayoutImage(String name, Blobs blobs, Optional<String> digest) {
        this.name = name;
        this.blobs = blobs;
        this.digest = digest;
    }

    /**
     * Opens a folder or a tar.
     *
     * @param digest which of its images; empty when it holds one alone
     */
    public static LayoutImage open(Path path, Optional<String> digest) throws IOException {
        String name = path + digest.map(value -> "@" + value).orElse("");
        try {
            return new LayoutImage(name, Files.isDirectory(path) ? new FolderBlobs(path) : new TarBlobs(path), digest);
        } catch (Malformed broken) {
            throw new BuildException(
                    "%s is no tar of an OCI image layout, it %s; name a layout or an image in a registry"
                            .formatted(path, broken.phrase()),
                    broken);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Descriptor top() throws IOException {
        List<Descriptor> images = new ArrayList<>();
        for (Descriptor listed : listed()) {
            boolean wanted = digest.isEmpty()
                    ? subject(listed).isEmpty()
                    : listed.digest().equals(digest.get());
            if (wanted) {
                images.add(listed);
            }
        }
        if (images.size() != 1) {
            throw new BuildException("%s lists %d images%s; write its path and @sha256: with the digest of one"
                    .formatted(name, images.size(), digest.isPresent() ? " of that digest" : ""));
        }
        return images.getFirst();
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        return blobs.open(Blobs.path(blob));
    }

    @Override
    public List<Descriptor> referrers(String digest, String artifactType) throws IOException {
        List<Descriptor> found = new ArrayList<>();
        for (Descriptor listed : listed()) {
            Optional<JsonNode> manifest = subject(listed);
            if (manifest.filter(node -> digest.equals(node.at("/subject/digest").asText())
                            && artifactType.equals(node.path("artifactType").asText()))
                    .isPresent()) {
                found.add(listed);
            }
        }
        return found;
    }

    /** The manifest when it is about another one. */
    private Optional<JsonNode> subject(Descriptor listed) throws IOException {
        if (!listed.mediaType().equals(Descriptor.MANIFEST)) {
            return Optional.empty();
        }
        try {
            JsonNode manifest = json(Blobs.path(listed));
            return manifest.has("subject") ? Optional.of(manifest) : Optional.empty();
        } catch (Malformed broken) {
            return Optional.empty(); // whoever asks for it by its descriptor learns why
        }
    }

    private List<Descriptor> listed() throws IOException {
        JsonNode manifests;
        try {
            manifests = json("index.json").path("manifests");
        } catch (Malformed broken) {
            throw new BuildException(
                    "%s is no OCI image layout: its index.json %s; name a layout or an image in a registry"
                            .formatted(name, broken.phrase()),
                    broken);
        }
        if (manifests.size() > MOST) {
            throw new BuildException("%s lists %d manifests, more than %d; write a layout of one image"
                    .formatted(name, manifests.size(), MOST));
        }
        List<Descriptor> found = new ArrayList<>();
        for (JsonNode node : manifests) {
            String named = node.path("digest").asText();
            if (Digests.isDigest(named)) {
                found.add(new Descriptor(
                        node.path("mediaType").asText(),
                        null,
                        named,
                        node.path("size").asLong(),
                        Map.of(),
                        Map.of()));
            }
        }
        return found;
    }

    private JsonNode json(String path) throws IOException {
        try (InputStream in = blobs.open(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new Malformed("is larger than 4 MiB");
            }
            return StrictJson.object(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        blobs.close();
    }
}
