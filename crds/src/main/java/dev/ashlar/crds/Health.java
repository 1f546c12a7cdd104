package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a pod is ready and has started; only {@code live} restarts it. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(value = Rules.ONE_CHECK, message = Rules.ONE_CHECK_SAYS)
@ValidationRule(value = Rules.PATH_AND_PORT, message = Rules.PATH_AND_PORT_SAYS)
public record Health(
        @JsonPropertyDescription("The path of an HTTP GET that answers 200 to 399; together with port.")
        @Size(max = 256)
        @ValidationRule(value = Rules.PATH, message = Rules.PATH_SAYS)
        @Nullable
        String path,

        @JsonPropertyDescription("The name of the port that path is asked on.") @Size(max = 15) @Nullable
        String port,

        @JsonPropertyDescription("The name of a port that accepts a connection.") @Size(max = 15) @Nullable
        String tcp,

        @JsonPropertyDescription(
                "A command in the container that ends with 0; there is no shell unless the image has one.")
        @Size(min = 1, max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<String> exec,

        @JsonPropertyDescription(
                "How long a pod may take until its first good answer, like 60s or 5m, at most 1h; absent means 60s. Then it is restarted.")
        @Size(max = 8)
        @ValidationRule(
                value = "self.matches('^[1-9][0-9]{0,3}(s|m|h)$') && duration(self) <= duration('1h')",
                message = "write a time of at most 1h in seconds or minutes, like 60s or 5m")
        @Nullable
        String startWithin,

        @JsonPropertyDescription(
                "The check that restarts a container when it fails. Absent means no restart: a slow neighbour must not restart every pod.")
        @Nullable
        Live live) {

    public Health {
        exec = Absent.asEmpty(exec);
    }

    /** The check that the fields name. */
    public Check check() {
        return Check.of(path, port, tcp, exec);
    }
}
