package dev.ashlar.images.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** One run of a host program in a given folder with exactly the given environment; its output goes to a log file. */
public record Command(Path folder, Map<String, String> environment, List<String> arguments, Path log) {
    private static final int TAIL = 12;
    private static final Pattern NETWORK = Pattern.compile(
            "dial tcp|no such host|Temporary failure|Could not resolve|Connection (refused|timed out|failed)|i/o timeout"
                    + "|Network is unreachable|NewConnectionError|Cannot initiate the connection|unable to resolve"
                    + "|EAI_AGAIN|ENETUNREACH|ENOTFOUND|GOPROXY=off",
            Pattern.CASE_INSENSITIVE);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        // An interrupted build must not leave compilers behind.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(process -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                })));
    }

    /** How a run ended: the exit code and all output, standard output and errors in one. */
    public record Result(int exit, String output) {
        public boolean ok() {
            return exit == 0;
        }

        /** The last lines, which usually say the cause. */
        public String tail() {
            List<String> lines = output.strip().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        }

        public boolean isNetworkFailure() {
            return NETWORK.matcher(output).find();
        }
    }

    /** Runs to the end and returns the result, whatever it was. */
    public Result run() {
        return run(List.of());
    }

    /** As {@link #run()}, by a program that runs another one: these are its name and its arguments. */
    Result run(List<String> prefix) {
        try {
            Files.createDirectories(Folders.parent(log));
            List<String> all = new ArrayList<>(prefix);
            all.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
            builder.environment().clear();
            builder.environment().putAll(new TreeMap<>(environment));
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            builder.redirectInput(Path.of("/dev/null").toFile());
            Process process = builder.start();
            RUNNING.add(process);
            try {
                return new Result(process.waitFor(), Files.readString(log));
            } finally {
                RUNNING.remove(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted while %s ran".formatted(arguments.getFirst()), e);
        } catch (IOException e) {
            throw new BuildException(
                    "cannot run %s (%s); `make check` says what this machine lacks"
                            .formatted(arguments.getFirst(), e.getMessage()),
                    e);
        }
    }

    /** Runs to the end; throws with the last lines of the output when it failed. */
    public Result mustRun(String purpose) {
        Result result = run();
        if (!result.ok()) {
            throw failure(
                    purpose,
                    result,
                    result.isNetworkFailure() ? ", check the network and its proxy or mirror settings" : "");
        }
        return result;
    }

    /** The program, without its folder, and its first argument, which is often the name of a subcommand. */
    private String name() {
        String program = Folders.name(Path.of(arguments.getFirst()));
        return arguments.size() > 1 ? program + " " + arguments.get(1) : program;
    }

    /** Why it failed; {@code why} comes after the exit code, and may name a remedy. */
    public BuildException failure(String purpose, Result result, String why) {
        return new BuildException("%s: %s failed (exit %d)%s; its last lines:\n%s"
                .formatted(
                        purpose,
                        name(),
                        result.exit(),
                        why,
                        result.tail().indent(4).stripTrailing()));
    }
}
