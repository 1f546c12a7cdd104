package dev.ashlar.operator.cluster.machine;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program to its end. */
public final class HostCommand {
    private HostCommand() {}

    /** What a program ended with and wrote. */
    public record Result(int status, String output) {
        public boolean succeeded() {
            return status == 0;
        }
    }

    /** Runs it and throws, with what it wrote, unless it succeeds. */
    public static String run(List<String> command) {
        Result result = attempt(command);
        if (!result.succeeded()) {
            throw new Failure("`%s` failed with status %d: %s"
                    .formatted(
                            String.join(" ", command),
                            result.status(),
                            result.output().strip()));
        }
        return result.output();
    }

    public static String run(String... command) {
        return run(List.of(command));
    }

    /** Runs it and leaves the judgement to the caller. */
    public static Result attempt(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while `%s` ran".formatted(command.getFirst()), e);
        }
    }
}
