package dev.ashlar.crds;

import io.fabric8.generator.annotation.Required;
import java.util.Map;

/** What a Site runs: the digest of each of its services, the content's under {@code content}. */
public record SiteRevision(@Required Map<String, String> digests) {
    public SiteRevision {
        digests = Absent.asEmpty(digests);
    }
}
