package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One revision of a Site, or of a Service that belongs to none. */
@JsonInclude(Include.NON_NULL)
public record HistoryEntry(
        @JsonPropertyDescription("Its number, for spec.rollbackTo. A later revision has a higher one.") @Required
        Integer number,

        @JsonPropertyDescription("When its spec was applied.") @Required
        String time,

        @JsonPropertyDescription("Who applied its spec: the field manager, like kubectl.") @Nullable
        String by,

        @JsonPropertyDescription(
                "The hash of its spec without rollbackTo, onFailure and suspend; two revisions of one hash run the same.")
        @Required
        String hash,

        @JsonPropertyDescription(
                "The digest of the image of each service, by the service's name; a site's content under content.")
        @Required
        Map<String, String> digests,

        @JsonPropertyDescription(
                "Pending: on its way. Running: it answered, and none later did. Superseded: it answered, and another one did after it. Replaced: another one came before it answered. Failed: it did not answer in its time, and is not tried again until the spec changes.")
        @Required
        Verdict verdict,

        @JsonPropertyDescription("The services that failed, of a site.") @JsonInclude(Include.NON_EMPTY)
        List<String> failed,

        @JsonPropertyDescription("Why it failed.") @Nullable String message,

        @JsonPropertyDescription("The ConfigMaps with its files, which are kept as long as it is in the history.")
        @JsonInclude(Include.NON_EMPTY)
        List<String> files) {

    public HistoryEntry {
        digests = Absent.asEmpty(digests);
        failed = Absent.asEmpty(failed);
        files = Absent.asEmpty(files);
    }

    /**
     * The same revision, of which this became.
     *
     * @param now why it failed, null where it did not
     */
    public HistoryEntry judged(Verdict as, List<String> services, @Nullable String now) {
        return new HistoryEntry(number, time, by, hash, digests, as, services, now, files);
    }

    /** What became of a revision. */
    public enum Verdict {
        @JsonProperty("Pending")
        PENDING,
        @JsonProperty("Running")
        RUNNING,
        @JsonProperty("Superseded")
        SUPERSEDED,
        @JsonProperty("Replaced")
        REPLACED,
        @JsonProperty("Failed")
        FAILED
    }
}
