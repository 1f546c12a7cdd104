package dev.ashlar.operator.cluster;

import picocli.CommandLine.Command;

/** The commands for the cluster that sites run on. */
@Command(
        name = "cluster",
        description = "Brings the cluster up, ends it, says what runs.",
        subcommands = {UpCommand.class, DownCommand.class, StopCommand.class, StatusCommand.class})
public final class ClusterCommand {}
