package dev.ashlar.operator.status;

import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.terminal.Terminal;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what runs: all Sites and Services, or one Site in full. */
@Command(
        name = "status",
        description = "Shows all Sites and Services, or one Site with its Services, pods and conditions.")
public final class StatusCommand implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Parameters(paramLabel = "SITE", arity = "0..1", description = "The Site to show in full.")
    private @Nullable String site;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Looks only in this namespace.")
    private @Nullable String namespace;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Looks in all namespaces, which it does without -n too.")
    private boolean all;

    @Option(
            names = {"-w", "--watch"},
            description = "Shows every change until it is interrupted.")
    private boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        boolean person = Terminal.isPerson();
        try (KubernetesClient client = Connection.open()) {
            var observer = new Observer(client, all ? Optional.empty() : Optional.ofNullable(namespace));
            View shown = view(observer);
            System.out.print(shown.render(Instant.now(), person));
            while (watch) {
                Thread.sleep(INTERVAL);
                View now = view(observer);
                if (person || !now.equals(shown)) {
                    System.out.print((person ? CLEAR : "\n") + now.render(Instant.now(), person));
                    shown = now;
                }
            }
        }
        return 0;
    }

    private View view(Observer observer) {
        return site == null ? observer.overview() : observer.detail(site);
    }
}
