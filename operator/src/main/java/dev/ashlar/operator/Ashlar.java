package dev.ashlar.operator;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one program: every command is a subcommand, and only {@code operator} starts Quarkus. */
@QuarkusMain
@Command(
        name = "ashlar",
        description = "Hosts websites and services on your own Kubernetes.",
        mixinStandardHelpOptions = true,
        subcommands = {OperatorCommand.class})
public final class Ashlar {
    public static void main(String[] args) {
        System.exit(new CommandLine(new Ashlar()).execute(args));
    }
}
