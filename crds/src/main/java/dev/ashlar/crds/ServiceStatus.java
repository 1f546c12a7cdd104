package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was observed of a Service. */
@JsonInclude(Include.NON_NULL)
@JsonClassDescription("What was observed.")
public record ServiceStatus(
        @JsonPropertyDescription("The generation of the spec that the rest of the status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("One positive condition for each stage, and Ready: the first that is not True.")
        @JsonInclude(Include.NON_EMPTY)
        List<Condition> conditions,

        @JsonPropertyDescription("What runs.") @Nullable ServiceRevision revision,

        @JsonPropertyDescription("How many pods serve.") @StatusReplicas @Nullable
        Integer replicas,

        @JsonPropertyDescription("The label selector of the pods, for `kubectl scale` and autoscalers.")
        @LabelSelector
        @Nullable
        String selector,

        @JsonPropertyDescription("The exceptions to the rules for pods that its spec allows, each with its reason.")
        @JsonInclude(Include.NON_EMPTY)
        List<String> exceptions,

        @JsonPropertyDescription(
                "The Services that name this one in their access: deleting it is answered with a warning.")
        @JsonInclude(Include.NON_EMPTY)
        List<String> usedBy,

        @JsonPropertyDescription(
                "The last 10 revisions of a Service that belongs to no Site, the newest last. What is needed to go back to one is kept beside it: `kubectl get controllerrevisions`.")
        @JsonInclude(Include.NON_EMPTY)
        List<HistoryEntry> history) {

    public ServiceStatus {
        conditions = Absent.asEmpty(conditions);
        exceptions = Absent.asEmpty(exceptions);
        usedBy = Absent.asEmpty(usedBy);
        history = Absent.asEmpty(history);
    }
}
