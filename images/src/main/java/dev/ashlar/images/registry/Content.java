package dev.ashlar.images.registry;

import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A manifest or index and what it names, ready to be sent: the images below an index, the blobs of a manifest. */
record Content(Descriptor manifest, byte[] bytes, List<Content> images, List<Piece> pieces) {
    /** A sweep of the registry may remove what was uploaded for a manifest that was not there yet. */
    private static final int ROUNDS = 5;

    record Piece(Descriptor descriptor, Supplier<BodyPublisher> content) {}

    /** What a registry got. */
    record Sent(long bytes, boolean knowsReferrers) {}

    static Content of(Layout layout) throws IOException {
        Descriptor top = layout.descriptor();
        List<Content> images = new ArrayList<>();
        for (Descriptor image : layout.images()) {
            images.add(new Content(
                    image,
                    Files.readAllBytes(layout.blob(image)),
                    List.of(),
                    layout.manifest(image).blobs().stream()
                            .map(blob -> new Piece(blob, () -> Upload.ofFile(layout.blob(blob))))
                            .toList()));
        }
        return top.mediaType().equals(Descriptor.INDEX)
                ? new Content(top, Files.readAllBytes(layout.blob(top)), images, List.of())
                : images.getFirst();
    }

    static Content of(Artifact artifact) {
        return new Content(
                artifact.manifest().descriptor(),
                artifact.manifest().content(),
                List.of(),
                artifact.blobs().stream()
                        .map(blob -> new Piece(blob.descriptor(), () -> BodyPublishers.ofByteArray(blob.content())))
                        .toList());
    }

    /** Sends what the registry lacks, then the manifest under this tag or its digest. */
    Sent sendTo(Registry registry, String reference) {
        Request put = registry.putting(reference, manifest.mediaType(), bytes);
        long sent = bytes.length;
        for (int round = 1; ; round++) {
            sent += images.stream().mapToLong(image -> send(registry, image)).sum()
                    + pieces.parallelStream()
                            .mapToLong(piece -> send(registry, piece))
                            .sum();
            try (Answer answer = registry.send(put)) {
                if (answer.status() == 201) {
                    return new Sent(sent, !answer.header("OCI-Subject").isEmpty());
                }
                boolean swept = answer.status() == 404 || answer.status() == 400;
                if (round == ROUNDS || !swept) {
                    throw Trouble.refused(registry.target(), "write " + manifest.digest(), answer);
                }
            } catch (IOException e) {
                throw Trouble.noAnswer(registry.target(), put.purpose(), e);
            }
        }
    }

    private static long send(Registry registry, Content image) {
        String digest = image.manifest().digest();
        return registry.head(digest).isPresent()
                ? 0
                : image.sendTo(registry, digest).bytes();
    }

    private static long send(Registry registry, Piece piece) {
        if (registry.hasBlob(piece.descriptor().digest())) {
            return 0;
        }
        registry.upload(piece.descriptor(), piece.content());
        return piece.descriptor().size();
    }
}
