package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was observed of a Service. */
@JsonInclude(Include.NON_NULL)
public record ServiceStatus(
        @Nullable Long observedGeneration,
        @JsonInclude(Include.NON_EMPTY) List<Condition> conditions,
        @Nullable ServiceRevision revision,
        @StatusReplicas @Nullable Integer replicas,
        @LabelSelector @Nullable String selector) {

    public ServiceStatus {
        conditions = Absent.asEmpty(conditions);
    }
}
