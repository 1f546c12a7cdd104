package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was observed of a Site. */
@JsonInclude(Include.NON_NULL)
public record SiteStatus(
        @Nullable Long observedGeneration,
        @JsonInclude(Include.NON_EMPTY) List<Condition> conditions,
        @Nullable String url,
        @Nullable SiteRevision revision) {

    public SiteStatus {
        conditions = Absent.asEmpty(conditions);
    }
}
