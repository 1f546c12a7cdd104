package dev.ashlar.operator.deploy;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pushes the images that an environment needs, applies it and waits until it runs. */
@Command(
        name = "deploy",
        description = "Pushes the images that overlays/ENV needs, applies it and waits until it runs.")
public final class DeployCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ENV", defaultValue = "dev", description = "The folder in overlays (${DEFAULT-VALUE}).")
    private String environment = "dev";

    @Override
    public Integer call() {
        Checkout checkout = Checkout.find();
        Overlay overlay = Overlay.of(checkout, environment);
        Kubectl kubectl = Kubectl.find(checkout);
        try (KubernetesClient client = Connection.open()) {
            var deployer = new Deployer(client, kubectl, Images.open(checkout), Progress.onStderr());
            deployer.kinds(checkout);
            deployer.deploy(overlay);
        }
        return 0;
    }
}
