package dev.ashlar.operator.cluster.machine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Keeps the {@link State} on disk; written after each change, so that a crash loses track of nothing. */
public final class StateFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String checkout;

    /** @param checkout whose state it is while there is none yet */
    public StateFile(Path file, String checkout) {
        this.file = file;
        this.checkout = checkout;
    }

    /** An empty state when there is none, or only half of one: what runs is found again by its cgroup. */
    public State read() {
        try {
            return Files.exists(file) ? JSON.readValue(file.toFile(), State.class) : State.empty(checkout);
        } catch (IOException cutShort) {
            return State.empty(checkout);
        }
    }

    /** Components start side by side, so only one may change it at a time. */
    public synchronized State update(UnaryOperator<State> change) {
        State changed = change.apply(read());
        try {
            HostFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(changed), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed;
    }
}
