package dev.ashlar.images.registry;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One repository of a registry. Every method throws a {@link BuildException} whose sentence names the registry, the object, the
 * cause and the remedy; what is idempotent is tried again, and a write waits while the registry is read-only.
 */
public final class Registry implements AutoCloseable {
    /** The largest manifest that is read; the specification asks registries for no more. */
    public static final int LARGEST_MANIFEST = 4 << 20;

    /** Every kind of manifest, for the header Accept. */
    public static final String MANIFESTS = String.join(
            ", ",
            Descriptor.MANIFEST,
            Descriptor.INDEX,
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    private static final String ALGORITHM = "sha256:";

    private final RegistryTarget target;
    private final Transport transport;
    private final Runnable afterwards;

    public Registry(RegistryTarget target) {
        this(target, Progress.toTerminal(), () -> {});
    }

    /** @param afterwards run when this is closed */
    Registry(RegistryTarget target, Progress progress, Runnable afterwards) {
        this.target = target;
        this.transport = new Transport(target, progress);
        this.afterwards = afterwards;
    }

    public RegistryTarget target() {
        return target;
    }

    /** What a tag or digest names; empty when it is not there. Its size is -1 when the registry does not say it. */
    public Optional<Descriptor> head(String reference) {
        try (Answer answer = send(ask("HEAD", "manifests/" + reference, "look up " + reference))) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            expect(200, answer, "look up " + reference);
            String digest = answer.header("Docker-Content-Digest");
            String found = digest.isEmpty() ? reference : digest;
            if (!Reference.isDigest(found)) {
                return Optional.of(described(manifest(reference)));
            }
            long size = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
            return Optional.of(Descriptor.of(type(answer), found.substring(ALGORITHM.length()), size));
        } catch (IOException e) {
            throw Trouble.noAnswer(target, "look up " + reference, e);
        }
    }

    /** As {@link #head}; a message says so when it is not there. */
    public Descriptor require(String reference) {
        return head(reference).orElseThrow(() -> Trouble.absent(target, reference));
    }

    /** The bytes of a manifest or index, at most 4 MiB; asked for by digest, they have it. */
    public byte[] manifest(String reference) {
        return find(reference).orElseThrow(() -> Trouble.absent(target, reference));
    }

    Optional<byte[]> find(String reference) {
        String purpose = "read " + reference;
        try (Answer answer = send(ask("GET", "manifests/" + reference, purpose))) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            expect(200, answer, purpose);
            byte[] bytes = answer.body().readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw Trouble.nonsense(target, purpose, "it is larger than 4 MiB");
            }
            String digest = "sha256:" + Sha256.of(bytes);
            if (Reference.isDigest(reference) && !digest.equals(reference)) {
                throw Trouble.nonsense(target, purpose, "its bytes have the digest " + digest);
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw Trouble.noAnswer(target, purpose, e);
        }
    }

    /** The content of a blob as it comes; its end fails with an {@link IOException} when size or digest are not as described. */
    public InputStream blob(Descriptor blob) {
        String purpose = "read blob " + blob.digest();
        Answer answer = send(ask("GET", "blobs/" + blob.digest(), purpose));
        expect(200, answer, purpose);
        return new VerifiedInput(answer.body(), blob, target);
    }

    public boolean hasBlob(String digest) {
        String purpose = "look up blob " + digest;
        try (Answer answer = send(ask("HEAD", "blobs/" + digest, purpose))) {
            if (answer.status() == 404) {
                return false;
            }
            expect(200, answer, purpose);
            return true;
        } catch (IOException e) {
            throw Trouble.noAnswer(target, purpose, e);
        }
    }

    /** Uploads a blob, whether the registry has it or not. */
    public void upload(Descriptor blob, Path file) {
        upload(blob, () -> Upload.ofFile(file));
    }

    /** Uploads a small blob, whether the registry has it or not. */
    public void upload(Descriptor blob, byte[] content) {
        upload(blob, () -> BodyPublishers.ofByteArray(content));
    }

    void upload(Descriptor blob, Supplier<BodyPublisher> content) {
        new Upload(target, transport).send(blob, content);
    }

    /** Uploads what the registry lacks of an image, and then its manifest; returns the number of bytes sent. */
    public long push(Layout image) {
        return Push.to(this, image, List::of);
    }

    /** As {@link #push(Layout)}, with what is attached to the image; it is not asked for when the image is there. */
    public long push(Layout image, Supplier<List<Artifact>> attached) {
        return Push.to(this, image, attached);
    }

    /** Attaches an artifact to its subject; returns the number of bytes sent, 0 when it was attached. */
    public long push(Artifact artifact) {
        return Push.to(this, artifact);
    }

    /** Puts a manifest or index under a tag or its digest, after everything that it names. */
    public void putManifest(String reference, String mediaType, byte[] manifest) {
        String purpose = "write " + reference;
        try (Answer answer = send(putting(reference, mediaType, manifest))) {
            expect(201, answer, purpose);
        } catch (IOException e) {
            throw Trouble.noAnswer(target, purpose, e);
        }
    }

    Request putting(String reference, String mediaType, byte[] manifest) {
        return Request.of("PUT", uri("manifests/" + reference), "write " + reference)
                .header("Content-Type", mediaType)
                .body(() -> BodyPublishers.ofByteArray(manifest), manifest.length);
    }

    /** What was attached to this digest, by whomever; of one artifact type, or of all when it is empty. */
    public List<Descriptor> referrers(String digest, Optional<String> artifactType) {
        return new Referrers(this)
                .of(digest).stream()
                        .filter(found -> artifactType.isEmpty()
                                || artifactType.get().equals(String.valueOf(found.artifactType())))
                        .toList();
    }

    /** Removes a manifest by digest, or a tag; nothing happens when it is not there. */
    public void delete(String reference) {
        String purpose = "delete " + reference;
        try (Answer answer = send(Request.of("DELETE", uri("manifests/" + reference), purpose))) {
            if (answer.status() != 404) {
                expect(202, answer, purpose);
            }
        } catch (IOException e) {
            throw Trouble.noAnswer(target, purpose, e);
        }
    }

    /** The tags of this repository, sorted; none when it is not there. */
    public List<String> tags() {
        return new Listing(target, transport).all(uri("tags/list"), "tags", "list the tags");
    }

    /** The names of all repositories of this registry, sorted. */
    public List<String> repositories() {
        return new Listing(target, transport)
                .all(target.base().resolve("/v2/_catalog"), "repositories", "list the repositories");
    }

    private Request ask(String method, String path, String purpose) {
        return Request.of(method, uri(path), purpose).header("Accept", MANIFESTS);
    }

    Answer send(Request request) {
        return transport.send(request);
    }

    URI uri(String path) {
        return target.base().resolve("/v2/%s/%s".formatted(target.repository(), path));
    }

    private void expect(int status, Answer answer, String purpose) {
        if (answer.status() != status) {
            throw Trouble.refused(target, purpose, answer);
        }
    }

    private static String type(Answer answer) {
        return answer.headers().firstValue("Content-Type").orElse(Descriptor.MANIFEST);
    }

    private static Descriptor described(byte[] manifest) {
        return Descriptor.of(Descriptor.MANIFEST, Sha256.of(manifest), manifest.length);
    }

    @Override
    public void close() {
        transport.close();
        afterwards.run();
    }
}
