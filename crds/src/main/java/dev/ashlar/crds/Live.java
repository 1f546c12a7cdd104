package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check whose failure restarts a container. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(value = Rules.ONE_CHECK, message = Rules.ONE_CHECK_SAYS)
@ValidationRule(value = Rules.PATH_AND_PORT, message = Rules.PATH_AND_PORT_SAYS)
public record Live(
        @JsonPropertyDescription("The path of an HTTP GET that answers 200 to 399; together with port.")
        @Size(max = 256)
        @ValidationRule(value = Rules.PATH, message = Rules.PATH_SAYS)
        @Nullable
        String path,

        @JsonPropertyDescription("The name of the port that path is asked on.") @Size(max = 15) @Nullable
        String port,

        @JsonPropertyDescription("The name of a port that accepts a connection.") @Size(max = 15) @Nullable
        String tcp,

        @JsonPropertyDescription("A command in the container that ends with 0.")
        @Size(min = 1, max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<String> exec) {

    public Live {
        exec = Absent.asEmpty(exec);
    }

    /** The check that the fields name. */
    public Check check() {
        return Check.of(path, port, tcp, exec);
    }
}
