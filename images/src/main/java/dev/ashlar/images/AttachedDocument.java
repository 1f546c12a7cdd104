package dev.ashlar.images;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Index;
import dev.ashlar.images.oci.Manifest;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.proof.untrusted.Manifests;
import dev.ashlar.images.registry.Reference;
import dev.ashlar.images.registry.Registries;
import dev.ashlar.images.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A document about an image: made for one of the source tree, found by its type among the referrers of one in a registry.
 *
 * @param type artifact type
 * @param name for people
 * @param made for an image of the source tree
 */
record AttachedDocument(String type, String name, Function<BuiltImage, byte[]> made) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int LARGEST = 256 << 20;

    /** The bytes of the document; the image is built when it is of the tree and not yet there. */
    byte[] of(String reference) {
        Reference parsed = Reference.parse(reference);
        return ofTree(parsed).orElseGet(() -> inRegistry(parsed));
    }

    private Optional<byte[]> ofTree(Reference reference) {
        if (!reference.toString().equals(reference.repository())) {
            return Optional.empty();
        }
        Images images = Images.open(Checkout.find());
        return Optional.of(reference.repository())
                .filter(images.names()::contains)
                .map(images::image)
                .map(image -> image.images().getFirst())
                .map(made);
    }

    private byte[] inRegistry(Reference reference) {
        try (Registry registry = Registries.open(reference)) {
            String digest = image(registry, registry.require(reference.version()), reference);
            List<Descriptor> found = registry.referrers(digest, Optional.of(type));
            if (found.isEmpty()) {
                throw new BuildException(
                        "no %s is attached to %s (%s); an image that Ashlar pushes has one, so push it anew"
                                .formatted(name, reference, digest));
            }
            return read(registry, found.getLast());
        }
    }

    /** The image itself, or that of an index for the first wanted platform: documents are attached to images. */
    private String image(Registry registry, Descriptor top, Reference reference) {
        if (!Manifests.isIndex(top.mediaType())) {
            return top.digest();
        }
        Platform platform = Platform.wanted(System.getenv()).getFirst();
        try {
            return JSON.readValue(registry.manifest(top.digest()), Index.class).manifests().stream()
                    .filter(platform::isOf)
                    .findFirst()
                    .orElseThrow(() -> new BuildException(
                            "%s has no image for %s; name another platform, as PLATFORMS=linux/amd64, or the digest of one image"
                                    .formatted(reference, platform)))
                    .digest();
        } catch (IOException e) {
            throw new BuildException(
                    "%s is no index that can be read (%s); see who pushed it".formatted(reference, e.getMessage()), e);
        }
    }

    private byte[] read(Registry registry, Descriptor artifact) {
        try {
            Descriptor document = JSON.readValue(registry.manifest(artifact.digest()), Manifest.class)
                    .layers()
                    .getFirst();
            if (document.size() > LARGEST) {
                throw new BuildException("the %s %s has %d bytes, more than is read; see who attached it"
                        .formatted(name, artifact.digest(), document.size()));
            }
            try (InputStream in = registry.blob(document)) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new BuildException(
                    "the %s %s cannot be read (%s); see who attached it"
                            .formatted(name, artifact.digest(), e.getMessage()),
                    e);
        }
    }
}
