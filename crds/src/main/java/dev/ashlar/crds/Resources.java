package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What each pod is given. */
@JsonInclude(Include.NON_NULL)
public record Resources(
        @JsonPropertyDescription(
                "Processor time to reserve: 50m, a twentieth of a core, when absent. A pod may use more when there is some.")
        @Size(max = 20)
        @ValidationRule(
                value = "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
                message = "write the processor time like 50m (thousandths of a core) or 2 (cores)")
        @Nullable
        Quantity cpu,

        @JsonPropertyDescription(
                "Memory to reserve, 64Mi when absent, which is also the most that a pod gets: one that takes more is ended.")
        @Size(max = 20)
        @ValidationRule(
                value = "isQuantity(string(self)) && !quantity(string(self)).isLessThan(quantity('1Mi'))",
                message = "write the memory with its unit, at least 1Mi, like 64Mi or 2Gi")
        @Nullable
        Quantity memory) {}
