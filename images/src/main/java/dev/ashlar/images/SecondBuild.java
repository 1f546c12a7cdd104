package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import picocli.CommandLine;

/** {@code ashlar image build} as a program of its own, which {@link Elsewhere} starts. */
final class SecondBuild {
    private SecondBuild() {}

    public static void main(String[] names) {
        CommandLine build = new CommandLine(new BuildCommand());
        build.setExecutionExceptionHandler((failure, command, result) -> {
            if (failure instanceof BuildException) {
                command.getErr().println(failure.getMessage());
                return 1;
            }
            throw failure;
        });
        System.exit(build.execute(names));
    }
}
