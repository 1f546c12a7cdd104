package dev.ashlar.images.proof.source;

import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.Manifests;
import dev.ashlar.images.registry.Reference;
import dev.ashlar.images.registry.Registries;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.WrongContent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image in a registry. A tag is asked for once, so that what is judged stays the same if it moves meanwhile. */
public final class RegistryImage implements ImageSource {
    private final String name;
    private final Registry registry;
    private final String version;

    /** @param version tag or digest; the registry is closed with this */
    public RegistryImage(String name, Registry registry, String version) {
        this.name = name;
        this.registry = registry;
        this.version = version;
    }

    /** Opens the registry that the reference means, with the login that docker's config file has for it. */
    public static RegistryImage open(Reference reference) {
        return new RegistryImage(reference.toString(), Registries.open(reference), reference.version());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Descriptor top() {
        Descriptor found = registry.require(version);
        String type = found.mediaType().replaceFirst("\\s*;.*", "");
        long size = found.size() < 0 ? registry.manifest(found.digest()).length : found.size();
        return new Descriptor(type, null, found.digest(), size, Map.of(), Map.of());
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        if (Manifests.isManifest(blob.mediaType())) {
            return new ByteArrayInputStream(registry.manifest(blob.digest()));
        }
        if (!registry.hasBlob(blob.digest())) {
            throw new Malformed("is not in the registry");
        }
        return new Content(registry.blob(blob));
    }

    @Override
    public List<Descriptor> referrers(String digest, String artifactType) {
        return registry.referrers(digest, Optional.of(artifactType));
    }

    @Override
    public void close() {
        registry.close();
    }

    /** The registry's client compares too: what it finds wrong is the image's fault, what it cannot read is not. */
    private static final class Content extends FilterInputStream {
        Content(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (WrongContent wrong) {
                throw new Malformed("is not of the size or digest that it is named by", wrong);
            }
        }
    }
}
