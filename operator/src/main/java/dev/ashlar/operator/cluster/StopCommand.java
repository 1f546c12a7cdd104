package dev.ashlar.operator.cluster;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a node of the local cluster away, for who wants to see what the loss of one does. */
@Command(
        name = "stop",
        description = "Takes a node away at once, as a loss of power would; `ashlar cluster up` brings it back.")
final class StopCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NODE",
            description = "As `kubectl get nodes` names it; the first carries the control plane and stays.")
    @SuppressWarnings("NullAway.Init")
    private String node;

    @Override
    public Integer call() throws IOException {
        if (!(ClusterKind.ofEnvironment() instanceof ClusterKind.Local)) {
            throw new Failure("only a node of the local cluster can be stopped from here");
        }
        Checkout checkout = Checkout.find();
        Clusters.local(checkout, Images.open(checkout), Progress.onStderr()).stop(node);
        return 0;
    }
}
