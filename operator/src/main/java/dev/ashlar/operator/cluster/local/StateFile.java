package dev.ashlar.operator.cluster.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps the {@link State} on disk; written after each change, so that a crash loses track of nothing. */
final class StateFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    Optional<State> read() {
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), State.class)) : Optional.empty();
        } catch (IOException e) {
            // What runs is found again by its cgroup.
            return Optional.empty();
        }
    }

    /** Components start side by side, so only one may change it at a time. */
    synchronized State update(String checkout, UnaryOperator<State> change) {
        State changed = change.apply(read().orElseGet(() -> State.empty(checkout)));
        try {
            Folders.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(changed), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed;
    }
}
