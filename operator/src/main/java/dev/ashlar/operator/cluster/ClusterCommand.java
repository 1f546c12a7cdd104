package dev.ashlar.operator.cluster;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.terminal.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Brings up, ends and describes the cluster that sites run on. */
@Command(
        name = "cluster",
        description = "Brings the cluster up, ends it, says what runs.",
        subcommands = {ClusterCommand.Up.class, ClusterCommand.Down.class},
        mixinStandardHelpOptions = true)
public final class ClusterCommand {
    @Command(name = "up", description = "Brings the cluster up, or repairs it.")
    static final class Up implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            Checkout checkout = Checkout.find();
            new LocalUp(checkout, Images.open(checkout), Progress.onStderr()).up();
            return 0;
        }
    }

    @Command(name = "down", description = "Ends the cluster; the registry keeps its content.")
    static final class Down implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            Checkout checkout = Checkout.find();
            new LocalUp(checkout, Images.open(checkout), Progress.onStderr())
                    .cluster()
                    .down();
            return 0;
        }
    }
}
