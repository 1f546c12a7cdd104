package dev.ashlar.operator.cluster;

import dev.ashlar.images.Checkout;
import dev.ashlar.operator.cluster.local.ComponentStatus;
import dev.ashlar.operator.cluster.local.LocalStatus;
import dev.ashlar.operator.connection.Connection;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what of the cluster runs, since when and with how much memory. */
@Command(name = "status", description = "Says what of the cluster runs; exit code 1 when something does not.")
final class StatusCommand implements Callable<Integer> {
    private static final double MEBIBYTE = 1024 * 1024;

    @Option(names = "--quiet", description = "Only the exit code.")
    private boolean quiet;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = quiet
                ? new PrintWriter(PrintWriter.nullWriter())
                : spec.commandLine().getOut();
        boolean runs = !(ClusterKind.ofEnvironment() instanceof ClusterKind.Local) || components(out);
        boolean ready = runs && nodes(out);
        out.flush();
        return ready ? 0 : 1;
    }

    private static boolean components(PrintWriter out) {
        var local = LocalStatus.in(Checkout.findCache());
        List<ComponentStatus> components = local.components();
        if (components.isEmpty()) {
            out.println("The local cluster is down; `make up` starts it.");
            return false;
        }
        out.printf(Locale.ROOT, "%-20s %8s %12s %12s%n", "COMPONENT", "PID", "ALIVE", "MEMORY");
        for (ComponentStatus component : components) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %8d %12s %8.0f MiB%n",
                    component.name(),
                    component.pid(),
                    component.since().map(StatusCommand::age).orElse("ended"),
                    component.memory() / MEBIBYTE);
        }
        out.printf(Locale.ROOT, "%-20s %8s %12s %8.0f MiB%n", "pods", "", "", local.podMemory() / MEBIBYTE);
        out.println();
        local.forwards().forEach(forward -> out.println("forward     " + forward));
        out.println("kubeconfig  " + local.kubeconfig());
        boolean all = components.stream().allMatch(ComponentStatus::runs);
        if (!all) {
            out.println("Something ended: `make up` repairs it.");
        }
        return all;
    }

    private static boolean nodes(PrintWriter out) {
        try (KubernetesClient client = Connection.open()) {
            List<Node> nodes = client.nodes().list().getItems();
            nodes.forEach(node -> out.printf(
                    "node        %s %s%n",
                    node.getMetadata().getName(), Readiness.isNodeReady(node) ? "Ready" : "not Ready"));
            return !nodes.isEmpty() && nodes.stream().allMatch(Readiness::isNodeReady);
        } catch (KubernetesClientException silent) {
            out.println("The API server does not answer: " + silent.getMessage());
            return false;
        }
    }

    private static String age(Instant since) {
        Duration age = Duration.between(since, Instant.now());
        return age.toHours() > 0
                ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
                : "%d min %d s".formatted(age.toMinutes(), age.toSecondsPart());
    }
}
