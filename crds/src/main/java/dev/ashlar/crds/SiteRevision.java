package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Map;

/** What a Site runs: the digest of each of its services, the content's under {@code content}. */
public record SiteRevision(
        @JsonPropertyDescription(
                "The digest of the image of each service, by the service's name; the content's under content.")
        @Required
        Map<String, String> digests) {
    public SiteRevision {
        digests = Absent.asEmpty(digests);
    }
}
