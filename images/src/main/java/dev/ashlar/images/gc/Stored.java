package dev.ashlar.images.gc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One manifest or index in a repository of the registry.
 *
 * @param idle seconds since it was last written or asked for
 * @param size of its own bytes
 * @param subject the digest of the image that it is attached to
 * @param children the manifests that an index names
 * @param blobs what a manifest names
 */
public record Stored(
        String repository,
        String digest,
        long idle,
        List<String> tags,
        long size,
        Optional<String> subject,
        List<String> children,
        List<Blob> blobs) {
    /** A blob as a manifest describes it. */
    public record Blob(String digest, long size) {}

    /** {@code REPOSITORY@DIGEST}, which nothing else in the registry has. */
    public String name() {
        return repository + "@" + digest;
    }

    Set<String> childNames() {
        return children.stream().map(child -> repository + "@" + child).collect(Collectors.toSet());
    }

    /** The images that this is attached to, or lists the attachments of. */
    Set<String> subjectNames() {
        return Stream.concat(
                        subject.stream(),
                        tags.stream().filter(Stored::isListTag).map(tag -> tag.replace('-', ':')))
                .map(image -> repository + "@" + image)
                .collect(Collectors.toSet());
    }

    /** Whether its tag says that it lists the attachments of an image. */
    boolean isList() {
        return tags.stream().anyMatch(Stored::isListTag);
    }

    private static boolean isListTag(String tag) {
        return tag.matches("sha256-[0-9a-f]{64}");
    }

    static Stored of(JsonNode entry) {
        JsonNode manifest = entry.path("manifest");
        List<Blob> blobs = new ArrayList<>();
        Stream.concat(
                        Stream.of(manifest.path("config")),
                        manifest.path("layers").valueStream())
                .filter(blob -> blob.has("digest"))
                .forEach(blob -> blobs.add(
                        new Blob(blob.path("digest").asText(), blob.path("size").asLong())));
        return new Stored(
                entry.path("repository").asText(),
                entry.path("digest").asText(),
                entry.path("idle").asLong(),
                entry.path("tags").valueStream().map(JsonNode::asText).toList(),
                manifest.toString().length(),
                Optional.of(manifest.path("subject").path("digest").asText("")).filter(text -> !text.isEmpty()),
                manifest.path("manifests")
                        .valueStream()
                        .map(child -> child.path("digest").asText())
                        .toList(),
                List.copyOf(blobs));
    }
}
