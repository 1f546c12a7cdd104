package dev.ashlar.images.host;

import dev.ashlar.images.host.Command.Result;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs what compiles in a network namespace of its own, which has no interface: all that a build reads was fetched
 * before. Where the kernel permits no namespace (a container without rights), the build goes on, since the lock and its
 * hashes still hold, and one line says so.
 */
public record Offline(Progress progress) {
    private static final List<List<String>> WAYS = List.of(
            List.of("unshare", "--net", "--"), List.of("unshare", "--user", "--map-current-user", "--net", "--"));
    private static final AtomicBoolean TOLD = new AtomicBoolean();
    private static final String NOT_ISOLATED =
            "this kernel gives no network namespace to this user, so that compilers and"
                    + " build scripts run with the network in reach; `unshare --user --map-current-user --net true` says why";

    /** Probed when a program is first to be run so. */
    private static final class Way {
        static final Optional<List<String>> PREFIX =
                WAYS.stream().filter(Offline::works).findFirst();
    }

    /** Whether this machine can keep the network from a program. */
    public static boolean isPossible() {
        return Way.PREFIX.isPresent();
    }

    /** Runs to the end and returns the result, whatever it was. */
    public Result run(Command command) {
        Optional<List<String>> way = Way.PREFIX;
        if (way.isEmpty() && TOLD.compareAndSet(false, true)) {
            progress.say("! %s", NOT_ISOLATED);
        }
        return command.run(way.orElse(List.of()));
    }

    /** Runs to the end; throws with the last lines of the output when it failed. */
    public Result mustRun(Command command, String purpose) {
        Result result = run(command);
        if (!result.ok()) {
            throw command.failure(
                    purpose,
                    result,
                    result.isNetworkFailure()
                            ? " because it asked for the network, which no build has: name what it wants as a source in"
                                    + " image.yaml (then run: ashlar image lock) or, for a Go module, in go.mod and go.sum"
                            : "");
        }
        return result;
    }

    private static boolean works(List<String> way) {
        try {
            ProcessBuilder probe = new ProcessBuilder();
            probe.command().addAll(way);
            probe.command().add("true");
            probe.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            return probe.start().waitFor() == 0;
        } catch (IOException e) {
            return false; // the host has no unshare
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted", e);
        }
    }
}
