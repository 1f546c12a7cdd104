package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check whose failure restarts a container. */
@JsonInclude(Include.NON_NULL)
public record Live(
        @Nullable String path,
        @Nullable String port,
        @Nullable String tcp,
        @JsonInclude(Include.NON_EMPTY) List<String> exec) {

    public Live {
        exec = Absent.asEmpty(exec);
    }

    /** The check that the fields name. */
    public Check check() {
        return Check.of(path, port, tcp, exec);
    }
}
