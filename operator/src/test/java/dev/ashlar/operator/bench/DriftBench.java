package dev.ashlar.operator.bench;

import dev.ashlar.operator.kube.ForeignChange;
import dev.ashlar.operator.kube.ForeignChange.Owned;
import dev.ashlar.operator.service.EveryChild;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Random;

/** How long a change lasts that somebody else makes in what Ashlar made: any owned field, the owner's reference, the object itself. */
final class DriftBench {
    private static final int WARM = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private DriftBench() {}

    static void run(Lab lab, Table table, int count) throws Exception {
        String namespace = lab.namespace("drift");
        try (Running running = lab.startOperator()) {
            EveryChild children = new EveryChild(lab.client(), namespace);
            children.make();
            changes(lab, children, WARM);
            double[] seconds = changes(lab, children, count);
            table.note("a foreign change is put back, median of " + count, Table.median(seconds) * 1e3, " ms");
            table.atMost("a foreign change is put back, p95", 200, Table.p95(seconds) * 1e3, " ms");
        } finally {
            lab.delete(namespace);
        }
    }

    /** Of so many changes that the API server took, one after the other, in seconds. */
    private static double[] changes(Lab lab, EveryChild children, int count) throws InterruptedException {
        var random = new Random(count);
        double[] seconds = new double[count];
        for (int done = 0; done < count; ) {
            HasMetadata child = children.any(random);
            var change = ForeignChange.random(child, Owned.of(lab.client(), child), random);
            var lasted = children.putsBack(change, child, PATIENCE);
            if (lasted.isPresent()) {
                seconds[done++] = lasted.get().toNanos() / 1e9;
            }
        }
        return seconds;
    }
}
