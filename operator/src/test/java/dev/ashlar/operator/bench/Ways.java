package dev.ashlar.operator.bench;

import dev.ashlar.operator.connection.Kubeconfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways by which a number of Sites comes to be, each measured in seconds in a namespace of its own. */
final class Ways {
    private static final int WARM = 100;

    private final Lab lab;
    private final int count;

    Ways(Lab lab, int count) {
        this.lab = lab;
        this.count = count;
    }

    /** Starts what makes the objects out of the Sites. */
    @FunctionalInterface
    interface Start {
        Running start() throws Exception;
    }

    /** Until each Site is Ready, which it is when its children and their status are there. The program has just made some others. */
    double program(String name, Start start) throws Exception {
        String warm = lab.namespace(name + "-warm");
        String namespace = lab.namespace(name);
        try (Running running = start.start()) {
            settle(warm, WARM);
            double before = running.processor();
            double seconds = settle(namespace, count);
            System.out.printf(
                    "  %s: %.2f s, of which %.2f s of its own processor time, %.0f MiB%n",
                    name, seconds, running.processor() - before, running.memory());
            return seconds;
        } finally {
            lab.delete(namespace);
            lab.delete(warm);
        }
    }

    private double settle(String namespace, int sites) throws Exception {
        Ready ready = Ready.watch(lab.api(), namespace);
        long start = System.nanoTime();
        lab.applySites(namespace, 0, sites);
        ready.awaitCount(sites);
        return (System.nanoTime() - start) / 1e9;
    }

    /** The same objects and statuses by raw requests. */
    double floor() throws Exception {
        String namespace = lab.namespace("floor");
        try {
            long start = System.nanoTime();
            Load.run(0, count, i -> floorOf(namespace, Sites.name(i)));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("  floor: %.2f s%n", seconds);
            return seconds;
        } finally {
            lab.delete(namespace);
        }
    }

    private void floorOf(String namespace, String name) throws Exception {
        Map<Integer, String> uids = new LinkedHashMap<>();
        List<Sites.Document> documents = lab.sites().documents();
        for (int i = 0; i < documents.size(); i++) {
            var document = documents.get(i).with(namespace, name, uids.getOrDefault(0, ""), uids.getOrDefault(1, ""));
            uids.put(
                    i,
                    lab.api()
                            .apply(document.path(), document.body())
                            .at("/metadata/uid")
                            .asText());
        }
    }

    /** The same objects in one file by {@code kubectl apply --server-side}: without owners, which are not known before, and statuses. */
    double kubectl(Path kubectl) throws Exception {
        String namespace = lab.namespace("kubectl");
        Path file = lab.folder().resolve("sites.yaml");
        try {
            Files.writeString(file, objects(namespace));
            long start = System.nanoTime();
            var command = new ProcessBuilder(kubectl.toString(), "apply", "--server-side", "-f", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(lab.folder().resolve("kubectl.log").toFile());
            command.environment().put("KUBECONFIG", Kubeconfig.value());
            if (command.start().waitFor() != 0) {
                throw new IllegalStateException(
                        "kubectl failed; see " + lab.folder().resolve("kubectl.log"));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("  kubectl: %.2f s%n", seconds);
            return seconds;
        } finally {
            lab.delete(namespace);
        }
    }

    private String objects(String namespace) {
        var objects = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            for (Sites.Document document : lab.sites().documents()) {
                if (!document.path().endsWith("/status")) {
                    objects.add(document.with(namespace, Sites.name(i), "", "")
                            .body()
                            .replaceAll("\"ownerReferences\":\\[[^]]*],?", ""));
                }
            }
        }
        return String.join("\n---\n", objects);
    }
}
