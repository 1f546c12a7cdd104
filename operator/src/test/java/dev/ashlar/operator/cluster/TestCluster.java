package dev.ashlar.operator.cluster;

import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.connection.Kubeconfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import picocli.CommandLine;

/**
 * The cluster that tests run on: an existing one, the one that is up here, else one that is brought up for them.
 *
 * @param end what to do after the last test
 */
record TestCluster(KubernetesClient client, Runnable end) implements AutoCloseable {
    private static final DockerImageName K3S = DockerImageName.parse("rancher/k3s:v1.34.4-k3s1");

    static TestCluster ofEnvironment() {
        return switch (ClusterKind.ofEnvironment()) {
            case ClusterKind.Existing existing -> of(existing.kubeconfig());
            case ClusterKind.Local local -> local();
            case ClusterKind.K3d k3d -> answers(Kubeconfig.ofLocalCluster()) ? of(Kubeconfig.ofLocalCluster()) : k3s();
        };
    }

    private static TestCluster local() {
        Path kubeconfig = Kubeconfig.ofLocalCluster();
        if (!answers(kubeconfig)) {
            int exit = new CommandLine(new UpCommand()).execute();
            if (exit != 0) {
                throw new IllegalStateException("no local cluster for the tests; `make up` says why");
            }
        }
        return of(kubeconfig);
    }

    /** Testcontainers' own; not yet run, since the machines this was built on have no Docker daemon. */
    private static TestCluster k3s() {
        var container = new K3sContainer(K3S);
        container.start();
        Config config = Config.fromKubeconfig(container.getKubeConfigYaml());
        return new TestCluster(new KubernetesClientBuilder().withConfig(config).build(), container::stop);
    }

    private static TestCluster of(Path kubeconfig) {
        return new TestCluster(Connection.open(kubeconfig), () -> {});
    }

    private static boolean answers(Path kubeconfig) {
        if (!Files.isReadable(kubeconfig)) {
            return false;
        }
        try (KubernetesClient client = Connection.open(kubeconfig)) {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException silent) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
        end.run();
    }
}
