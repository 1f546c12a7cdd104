package dev.ashlar.images.proof.source;

import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Descriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image together with artifacts that were just made for it and are in no registry yet.
 *
 * @param name for people, who know it by another than that of its source
 */
public record Attached(String name, ImageSource image, List<Artifact> artifacts) implements ImageSource {
    @Override
    public Descriptor top() throws IOException {
        return image.top();
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        for (Artifact artifact : artifacts) {
            for (Artifact.Blob own : Stream.concat(Stream.of(artifact.manifest()), artifact.blobs().stream())
                    .toList()) {
                if (own.descriptor().digest().equals(blob.digest())) {
                    return new ByteArrayInputStream(own.content());
                }
            }
        }
        return image.open(blob);
    }

    @Override
    public List<Descriptor> referrers(String digest, String artifactType) throws IOException {
        return Stream.concat(
                        artifacts.stream()
                                .filter(artifact -> artifact.type().equals(artifactType)
                                        && artifact.subject().digest().equals(digest))
                                .map(artifact -> artifact.manifest().descriptor()),
                        image.referrers(digest, artifactType).stream())
                .toList();
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
