package dev.ashlar.operator.cluster;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Ends the cluster that this machine carries; one that somebody else keeps is left alone. */
@Command(name = "down", description = "Ends the cluster; the registry keeps its content.")
final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        Checkout checkout = Checkout.find();
        Progress progress = Progress.onStderr();
        switch (ClusterKind.ofEnvironment()) {
            case ClusterKind.Local local ->
                Clusters.local(checkout, Images.open(checkout), progress).down();
            case ClusterKind.K3d k3d -> new K3dUp(checkout, progress).down();
            case ClusterKind.Existing existing ->
                progress.start("existing cluster").done("is left as it is; kubectl removes what is not wanted");
        }
        return 0;
    }
}
