package dev.ashlar.operator;

import dev.ashlar.images.ImageCommand;
import dev.ashlar.operator.cluster.ClusterCommand;
import dev.ashlar.operator.connection.KubeconfigCommand;
import dev.ashlar.operator.deploy.DemoCommand;
import dev.ashlar.operator.deploy.DeployCommand;
import dev.ashlar.operator.gc.GcCommand;
import dev.ashlar.operator.namespace.NamespaceCommand;
import dev.ashlar.operator.publish.PublishCommand;
import dev.ashlar.operator.rollback.HistoryCommand;
import dev.ashlar.operator.rollback.RollbackCommand;
import dev.ashlar.operator.status.StatusCommand;
import dev.ashlar.operator.terminal.Failures;
import dev.ashlar.operator.trust.TrustCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The one program: every command is a subcommand, and only {@code operator} starts Quarkus. */
@QuarkusMain
@Command(
        name = "ashlar",
        description = "Hosts websites and services on your own Kubernetes.",
        subcommands = {
            ClusterCommand.class,
            DemoCommand.class,
            DeployCommand.class,
            HistoryCommand.class,
            KubeconfigCommand.class,
            NamespaceCommand.class,
            OperatorCommand.class,
            PublishCommand.class,
            RollbackCommand.class,
            StatusCommand.class,
            TrustCommand.class
        })
public final class Ashlar {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT, // every subcommand takes it
            description = "Says what the command does and takes.")
    private boolean help;

    public static void main(String[] args) {
        // Collecting garbage needs the cluster, of which the images' own module knows nothing.
        var image = new CommandLine(new ImageCommand()).addSubcommand(new GcCommand());
        var commands = new CommandLine(new Ashlar()).addSubcommand(image).setExecutionExceptionHandler(new Failures());
        System.exit(commands.execute(args));
    }
}
