package dev.ashlar.images.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.registry.Reference;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What is noted of a mirrored image.
 *
 * @param source where it was taken from, with its digest
 * @param by the user who did it, as the system names them
 * @param at when, to the second
 */
public record Origin(String source, String by, Instant at) {
    /** The type of the artifact that holds this. */
    public static final String TYPE = "application/vnd.ashlar.mirror+json";

    private static final String ANNOTATION = "dev.ashlar.mirror.";

    /** Of now, and of the user who runs this program. */
    public static Origin of(Reference source, Clock clock) {
        return new Origin(
                source.toString(),
                System.getProperty("user.name", "unknown"),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    Artifact artifact(Descriptor subject) {
        Map<String, String> fields = Map.of("source", source, "by", by, "at", at.toString());
        Map<String, String> annotations = Map.of(
                ANNOTATION + "source",
                source,
                ANNOTATION + "by",
                by,
                "org.opencontainers.image.created",
                at.toString());
        try {
            byte[] document = new JsonMapper().writeValueAsBytes(new java.util.TreeMap<>(fields));
            return Artifact.of(subject, TYPE, document, annotations);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can be written as JSON", e);
        }
    }

    /** Whether a note says that the image was taken from there, by whomever and whenever. */
    boolean isSourceOf(Descriptor note) {
        return source.equals(note.annotations().get(ANNOTATION + "source"));
    }
}
