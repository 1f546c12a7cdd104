package dev.ashlar.operator.terminal;

import dev.ashlar.images.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the command line as a user does: the launcher, in a folder of its own. */
public final class Cli {
    private final Path folder;
    private final Map<String, String> environment;

    public Cli(Path folder) {
        this(folder, Map.of());
    }

    /** With these variables beside the test's own; an empty one counts as not set. */
    public Cli(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** How a command ended. */
    public record Result(int code, String out, String err) {}

    public Result run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Checkout.find().root().resolve("operator/ashlar").toString());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("ashlar", ".out");
        Path err = Files.createTempFile("ashlar", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            int code = builder.start().waitFor();
            return new Result(code, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
