package dev.ashlar.images.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.Verdict.Result;
import dev.ashlar.images.proof.source.ImageSource;
import dev.ashlar.images.proof.untrusted.Deadline;
import dev.ashlar.images.proof.untrusted.Limits;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.Manifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges an image by every {@link Rule}. It reads each byte once as it arrives, writes nothing, and holds less than 64 MiB
 * whatever comes.
 */
public final class Proof {
    private Proof() {}

    /**
     * The verdicts on the image, or on all images of an index together: what one of them breaks, the index breaks.
     *
     * @param known what is trusted
     * @throws IOException when the source failed or took too long, so that nothing is known of the image
     */
    public static Verdicts of(ImageSource source, KnownImages known) throws IOException {
        return of(source, known, Limits.DEFAULT);
    }

    static Verdicts of(ImageSource source, KnownImages known, Limits limits) throws IOException {
        Documents documents = new Documents(source, limits, Deadline.in(limits.time()));
        Descriptor top = source.top();
        try {
            if (Manifests.isImage(top.mediaType())) {
                return new ImageJudge(documents, known).judge(top);
            }
            return index(documents, top, known);
        } catch (Malformed broken) {
            Findings findings = new Findings();
            findings.cutShort(top.digest(), broken.phrase());
            return new Verdicts(
                    source.name(), top.digest(), "not known to this tree", findings.verdicts(java.util.Map.of()));
        }
    }

    private static Verdicts index(Documents documents, Descriptor top, KnownImages known) throws IOException {
        if (!Manifests.isIndex(top.mediaType())) {
            throw new Malformed("has the media type '%s', which is no image's".formatted(top.mediaType()));
        }
        JsonNode index = documents.read(top);
        if (index.has("layers") || index.has("config")) {
            throw new Malformed("is index and manifest in one");
        }
        List<Descriptor> manifests = Manifests.descriptors(
                index.get("manifests"), "manifests", documents.limits().manifests());
        if (manifests.isEmpty()) {
            throw new Malformed("is an index of no image");
        }
        List<Verdicts> all = new ArrayList<>();
        for (Descriptor manifest : manifests) {
            if (!Manifests.isImage(manifest.mediaType())) {
                throw new Malformed("holds '%s', and an index may hold images only".formatted(manifest.mediaType()));
            }
            all.add(new ImageJudge(documents, known).judge(manifest));
        }
        return together(documents.source().name(), top.digest(), all);
    }

    private static Verdicts together(String name, String digest, List<Verdicts> images) {
        List<Verdict> worst = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            worst.add(images.stream()
                    .map(image -> image.of(rule))
                    .max(Comparator.comparingInt(verdict -> severity(verdict.result())))
                    .orElseThrow());
        }
        return new Verdicts(name, digest, images.getFirst().origin(), worst);
    }

    private static int severity(Result result) {
        return switch (result) {
            case PASSED -> 0;
            case WAIVED -> 1;
            case UNJUDGED -> 2;
            case FAILED -> 3;
        };
    }
}
