package dev.ashlar.crds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a pod is asked for its health: the one-of of {@link Health} and {@link Live}, of which the schema lets exactly one member through. */
public sealed interface Check {
    /** A GET of the path on a named port that answers 200 to 399. */
    record Http(String path, String port) implements Check {}

    /** A connection to a named port that is accepted. */
    record Tcp(String port) implements Check {}

    /** A command in the container that exits with 0. */
    record Exec(List<String> command) implements Check {}

    static Check of(@Nullable String path, @Nullable String port, @Nullable String tcp, List<String> exec) {
        if (path != null && port != null) {
            return new Http(path, port);
        }
        return tcp != null ? new Tcp(tcp) : new Exec(exec);
    }
}
