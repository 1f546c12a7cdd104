package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** When a service runs that ends by itself and is started again and again. */
@JsonInclude(Include.NON_NULL)
public record Schedule(
        @JsonPropertyDescription(
                "When it runs: minute, hour, day of the month, month and day of the week (0 is Sunday), as numbers, ranges, lists and steps: \"17 4 * * *\" is each day at 4:17.")
        @Required
        @Size(max = 100)
        @ValidationRule(
                value = "self.matches('^" + Cron.PATTERN + "$')",
                message =
                        "write minute, hour, day of the month, month and day of the week (0 to 6) in quotes, like \"17 4 * * *\"")
        String cron,

        @JsonPropertyDescription("The time zone of cron, like Europe/Berlin; absent means Etc/UTC.")
        @Size(max = 64)
        @ValidationRule(
                value = "self.matches('^[A-Z][A-Za-z]*(/[A-Za-z0-9_+-]+)*$') && self != 'Local'",
                message = "write the name of a time zone like Europe/Berlin")
        @Nullable
        String timeZone,

        @JsonPropertyDescription("How long a run may take, like 10m, at most 24h; absent means 1h. Then it is ended.")
        @Size(max = 8)
        @ValidationRule(value = Rules.DEADLINE, message = Rules.DEADLINE_SAYS)
        @Nullable
        String deadline,

        @JsonPropertyDescription(
                "How late a run may start, like 10m, since the cluster was away or the run before goes on; at least 10s, at most 24h, absent means 1h. One that is later is left out, and the service says so.")
        @Size(max = 8)
        @ValidationRule(
                value = Rules.DEADLINE + " && duration(self) >= duration('10s')",
                message = "write a time from 10s to 24h in seconds, minutes or hours, like 10m")
        @Nullable
        String startWithin,

        @JsonPropertyDescription("How many failed runs are kept with their logs; absent means 3.")
        @Min(1)
        @Max(10)
        @Nullable
        Integer keepFailed,

        @JsonPropertyDescription("Whether no run is started for now; one that is on its way ends as usual.") @Nullable
        Boolean suspended) {}
