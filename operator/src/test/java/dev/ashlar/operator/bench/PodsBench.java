package dev.ashlar.operator.bench;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.local.LocalCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two hundred Sites whose pages answer, on one node: what each takes of memory, beside a pod that only pauses. */
final class PodsBench {
    private static final int PAUSING = 50;
    private static final int BATCH = 20;

    private final Lab lab;
    private final Table table;
    private final String namespace;

    private PodsBench(Lab lab, Table table) {
        this.lab = lab;
        this.table = table;
        this.namespace = lab.namespace("pods");
    }

    static void run(Lab lab, Table table, int count) throws Exception {
        PodsBench bench = new PodsBench(lab, table);
        try {
            double pause = bench.pausing();
            double site = bench.sites(count);
            table.note("memory of a pod that only pauses, with its shim", pause, " MiB");
            table.note("memory of a Site that answers, with its shim", site, " MiB");
            table.note("memory of a Site next to a pause", site / pause, "");
        } finally {
            lab.delete(bench.namespace);
        }
    }

    private double pausing() {
        String image = LocalCluster.reference(Images.open(Checkout.find()).image("pause"));
        NodeMemory before = NodeMemory.now();
        for (int i = 0; i < PAUSING; i++) {
            lab.client().resource(pause("pause-" + i, image)).create();
        }
        lab.client().pods().inNamespace(namespace).resources().forEach(pod -> pod.waitUntilReady(5, TimeUnit.MINUTES));
        return NodeMemory.now().since(before) / PAUSING;
    }

    private Pod pause(String name, String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("pause")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }

    private double sites(int count) throws Exception {
        try (Running running = lab.startOperator()) {
            Ready ready = Ready.watch(lab.api(), namespace);
            NodeMemory before = NodeMemory.now();
            long start = System.nanoTime();
            for (int i = 0; i < count; i += BATCH) {
                int first = i;
                Load.run(first, Math.min(first + BATCH, count), n -> apply(Sites.name(n)));
                ready.awaitCount(Math.min(first + BATCH, count));
            }
            table.note("%d Sites until all are Ready".formatted(count), (System.nanoTime() - start) / 1e9, " s");
            table.note("pages that answer of %d".formatted(count), answering(), "");
            return NodeMemory.now().since(before) / count;
        }
    }

    private void apply(String name) throws Exception {
        var site = lab.sites().site(namespace, name);
        lab.api().apply(site.path(), site.body().replace(",\"replicas\":0", ""));
    }

    private long answering() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<URI> pages = lab.client().services().inNamespace(namespace).list().getItems().stream()
                    .map(service -> URI.create("http://" + service.getSpec().getClusterIP() + ":8080/"))
                    .toList();
            return pages.stream().filter(page -> answers(client, page)).count();
        }
    }

    private static boolean answers(HttpClient client, URI page) {
        try {
            return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (Exception e) {
            return false;
        }
    }
}
