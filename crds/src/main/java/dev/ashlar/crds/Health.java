package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a pod is ready and has started; only {@code live} restarts it. */
@JsonInclude(Include.NON_NULL)
public record Health(
        @Nullable String path,
        @Nullable String port,
        @Nullable String tcp,
        @JsonInclude(Include.NON_EMPTY) List<String> exec,
        @Nullable String startWithin,
        @Nullable Live live) {

    public Health {
        exec = Absent.asEmpty(exec);
    }

    /** The check that the fields name. */
    public Check check() {
        return Check.of(path, port, tcp, exec);
    }
}
