package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was observed of a Site. */
@JsonInclude(Include.NON_NULL)
@JsonClassDescription("What was observed.")
public record SiteStatus(
        @JsonPropertyDescription("The generation of the spec that the rest of the status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("One positive condition for each stage, and Ready: the first that is not True.")
        @JsonInclude(Include.NON_EMPTY)
        List<Condition> conditions,

        @JsonPropertyDescription("Where the site answers.") @Nullable
        String url,

        @JsonPropertyDescription("What runs.") @Nullable SiteRevision revision,

        @JsonPropertyDescription("The exceptions to the rules for pods that its services allow, each with its reason.")
        @JsonInclude(Include.NON_EMPTY)
        List<String> exceptions,

        @JsonPropertyDescription(
                "The Services that were made for the site, by name, with their UIDs: one that the spec no longer asks for is removed, by exactly that UID.")
        @JsonInclude(Include.NON_EMPTY)
        Map<String, String> inventory,

        @JsonPropertyDescription(
                "The last 10 revisions, the newest last. What is needed to go back to one is kept beside it: `kubectl get controllerrevisions`.")
        @JsonInclude(Include.NON_EMPTY)
        List<HistoryEntry> history) {

    public SiteStatus {
        conditions = Absent.asEmpty(conditions);
        exceptions = Absent.asEmpty(exceptions);
        inventory = Absent.asEmpty(inventory);
        history = Absent.asEmpty(history);
    }
}
