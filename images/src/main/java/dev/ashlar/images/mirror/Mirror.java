package dev.ashlar.images.mirror;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Space;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.Manifests;
import dev.ashlar.images.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Copies one image, or an index with all its images: blobs first, manifests after what they name, the note last. */
public final class Mirror {
    private final Registry source;
    private final Registry target;
    private final Progress progress;

    public Mirror(Registry source, Registry target, Progress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /** The repository of the cluster's registry that holds the images of a foreign one. */
    public static String repository(String host, String repository) {
        String part =
                host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-|-$", "");
        return "mirror/%s/%s".formatted(part, repository);
    }

    /** Returns the bytes of the blobs that were copied; what the target has is not sent again. */
    public long copy(String digest, Origin origin) {
        Descriptor top = source.require(digest);
        try {
            byte[] manifest = source.manifest(digest);
            long sent = copy(Manifests.type(manifest, top.mediaType()), digest, manifest, true);
            Descriptor subject = Descriptor.of(
                    Manifests.type(manifest, top.mediaType()), digest.substring("sha256:".length()), manifest.length);
            if (target.referrers(digest, Optional.of(Origin.TYPE)).stream().noneMatch(origin::isSourceOf)) {
                target.push(origin.artifact(subject));
            }
            return sent;
        } catch (Malformed broken) {
            throw new BuildException(
                    "%s@%s %s, so that it cannot be copied; ask who made it for a valid image"
                            .formatted(source.target(), digest, broken.phrase()),
                    broken);
        } catch (IOException e) {
            throw new BuildException(
                    "%s@%s could not be copied (%s); try again".formatted(source.target(), digest, e.getMessage()), e);
        }
    }

    private long copy(String type, String digest, byte[] manifest, boolean top) throws IOException {
        long sent = 0;
        for (Descriptor child : Manifests.children(manifest)) {
            if (Manifests.isManifest(child.mediaType())) {
                if (!top) {
                    throw new Malformed("is an index in an index");
                }
                sent += copy(child.mediaType(), child.digest(), source.manifest(child.digest()), false);
            } else {
                sent += blob(child);
            }
        }
        if (target.head(digest).isEmpty()) {
            target.putManifest(digest, type, manifest);
        }
        return sent;
    }

    /** By way of a file, since a broken upload must begin again at the start. */
    private long blob(Descriptor blob) throws IOException {
        if (target.hasBlob(blob.digest())) {
            return 0;
        }
        Path file = Files.createTempFile("ashlar-mirror", ".blob");
        try (InputStream in = source.blob(blob)) {
            Space.require(Folders.parent(file), (blob.size() >> 20) + 1);
            progress.say("· %s, %s", blob.digest().substring(0, 19), Progress.size(blob.size()));
            Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            target.upload(blob, file);
        } finally {
            Files.delete(file);
        }
        return blob.size();
    }
}
