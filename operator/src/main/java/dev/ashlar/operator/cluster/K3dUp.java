package dev.ashlar.operator.cluster;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.operator.cluster.local.LocalCluster;
import dev.ashlar.operator.cluster.machine.HostCommand;
import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * K3s in a container by k3d, for machines with a Docker daemon. Written to the documentation of k3d 5; not yet run on such
 * a machine, as the README says.
 */
final class K3dUp {
    private static final String NAME = "ashlar";

    private final Checkout checkout;
    private final Progress progress;

    K3dUp(Checkout checkout, Progress progress) {
        this.checkout = checkout;
        this.progress = progress;
    }

    Path kubeconfig() {
        return checkout.cache().resolve("cluster/kubeconfig");
    }

    void up(List<BuiltImage> images) throws IOException {
        Progress.Step step = progress.start("k3d cluster " + NAME);
        if (exists()) {
            HostCommand.run("k3d", "cluster", "start", NAME, "--wait");
        } else {
            Path config = checkout.root().resolve("overlays/dev/infra/k3d.yaml");
            HostCommand.run("k3d", "cluster", "create", "--config", config.toString(), "--wait");
        }
        writeKubeconfig();
        images.forEach(this::load);
        step.done("runs");
    }

    void down() {
        if (exists()) {
            HostCommand.run("k3d", "cluster", "delete", NAME);
        }
    }

    private static boolean exists() {
        return HostCommand.attempt(List.of("k3d", "cluster", "list", NAME)).succeeded();
    }

    private void load(BuiltImage image) {
        Path tar = checkout.cache().resolve("cluster").resolve(image.name() + ".tar");
        image.writeTar(tar, LocalCluster.reference(image));
        HostCommand.run("k3d", "image", "import", tar.toString(), "--cluster", NAME);
        tar.toFile().delete();
    }

    private void writeKubeconfig() throws IOException {
        Files.createDirectories(checkout.cache().resolve("cluster"));
        Files.deleteIfExists(kubeconfig());
        Files.createFile(
                kubeconfig(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(kubeconfig(), HostCommand.run("k3d", "kubeconfig", "get", NAME));
    }
}
