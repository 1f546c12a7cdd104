package dev.ashlar.operator.gc;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.gc.Selection;
import dev.ashlar.images.gc.Stored;
import dev.ashlar.images.gc.Upkeep;
import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.connection.PodForward;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes from the cluster's registry what nothing refers to. */
@Command(
        name = "gc",
        description =
                "Lists the images of the cluster's registry that no Site, Service, revision, pod, overlay or lock names;"
                        + " with --delete removes them.")
public final class GcCommand implements Callable<Integer> {
    @Option(names = "--delete", description = "Remove them and free their space; pushes wait meanwhile.")
    private boolean delete;

    @Option(
            names = "--spare",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "Keep what was pushed or asked for within this time (${DEFAULT-VALUE}).")
    private int spare = 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Checkout checkout = Checkout.find();
        Duration spared = Duration.ofMinutes(Math.max(spare, 0));
        try (KubernetesClient client = Connection.open();
                PodForward forward = ClusterRegistry.upkeep(client)) {
            Upkeep upkeep = new Upkeep(URI.create("http://localhost:" + forward.localPort()));
            Selection selection = select(upkeep.inventory(), client, checkout, spared);
            list(selection);
            if (delete) {
                sweep(upkeep, selection, spared);
            }
        }
        return 0;
    }

    /** The registry is asked first: what is pushed from then on is not in the list. */
    private static Selection select(List<Stored> stored, KubernetesClient client, Checkout checkout, Duration spared) {
        Set<String> used = Used.inCluster(client);
        used.addAll(Used.inTree(checkout.root(), Images.open(checkout)));
        return Selection.of(stored, used, spared);
    }

    private void list(Selection selection) {
        PrintWriter out = spec.commandLine().getOut();
        for (Stored image : selection.unneeded()) {
            out.println("%s  asked for %s ago".formatted(image.name(), age(image.idle())));
        }
        out.println("%d of %d manifests are not needed, which hold %.1f MiB%s"
                .formatted(
                        selection.unneeded().size(),
                        selection.unneeded().size() + selection.kept().size(),
                        mebibytes(selection.reclaimable()),
                        delete || selection.unneeded().isEmpty() ? "" : "; --delete removes them"));
        out.flush();
    }

    private void sweep(Upkeep upkeep, Selection selection, Duration spared) {
        Progress.Step step = Progress.onStderr().start("sweep");
        Upkeep.Swept swept = upkeep.sweep(selection.unneeded(), spared);
        step.done(
                "%d manifests deleted, %.1f MiB freed".formatted(swept.deleted().size(), mebibytes(swept.freed())));
        swept.spared().forEach(name -> spec.commandLine().getOut().println(name + "  spared: asked for meanwhile"));
        spec.commandLine().getOut().flush();
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }

    private static String age(long seconds) {
        Duration age = Duration.ofSeconds(seconds);
        return age.toDays() > 0
                ? age.toDays() + " d"
                : age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
    }
}
