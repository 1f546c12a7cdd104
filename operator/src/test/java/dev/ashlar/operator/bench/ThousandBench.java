package dev.ashlar.operator.bench;

import dev.ashlar.operator.bench.Audit.Request;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a thousand Sites cost: writes, requests at rest, the time of one more, memory. */
final class ThousandBench {
    private static final int SINGLE = 40;
    private static final int CHANGED = 100;
    /** The Service, what that is made of, and the spec for a rollback. */
    private static final double CHILDREN = 5;

    private final Lab lab;
    private final Table table;
    private final int count;
    private final String namespace;

    private ThousandBench(Lab lab, Table table, int count) {
        this.lab = lab;
        this.table = table;
        this.count = count;
        this.namespace = lab.namespace("many");
    }

    static void run(Lab lab, Table table, int count) throws Exception {
        new ThousandBench(lab, table, count).run();
    }

    private void run() throws Exception {
        try {
            double memory = operator();
            restart();
            lab.delete(namespace);
            twin(memory);
        } finally {
            lab.client().namespaces().withName(namespace).delete();
        }
    }

    private double operator() throws Exception {
        try (Running running = lab.startOperator()) {
            Ready ready = Ready.watch(lab.api(), namespace);
            singles(ready, -SINGLE);
            double first = Table.p95(singles(ready, 0));
            double heap = heap(running);
            Instant start = Instant.now();
            lab.applySites(namespace, SINGLE, count);
            ready.awaitCount(count + SINGLE);
            created(Audit.writes(start, namespace), count - SINGLE);
            double last = Table.p95(singles(ready, count));
            table.note("Site #1, p95", first * 1e3, " ms");
            table.atMost("Site #%d next to Site #1, p95".formatted(count + 1), 1.2, last / first, "");
            idle();
            double memory = running.memory();
            table.atMost("memory for each Site (live heap)", 64, (heap(running) - heap) / count, " KiB");
            return memory;
        }
    }

    /** One after the other, each until it is Ready, in seconds. */
    private double[] singles(Ready ready, int from) throws Exception {
        double[] seconds = new double[SINGLE];
        for (int i = 0; i < SINGLE; i++) {
            String name = from < 0 ? "warm-" + i : Sites.name(from + i);
            var site = lab.sites().site(namespace, name);
            long start = System.nanoTime();
            lab.api().apply(site.path(), site.body());
            seconds[i] = (ready.await(name) - start) / 1e9;
        }
        return seconds;
    }

    private void created(List<Request> writes, int sites) throws Exception {
        explain(writes);
        long statuses = writes.stream().filter(Request::isStatus).count();
        table.atMost("writes of objects for each new Site", CHILDREN, (writes.size() - statuses) / (double) sites, "");
        table.atMost("writes of statuses for each new Site", 2, statuses / (double) sites, "");
        table.atMost("objects and statuses written twice", 0, Audit.repeated(writes, request -> true), "");
    }

    private void idle() throws Exception {
        Thread.sleep(5_000);
        Instant start = Instant.now();
        Thread.sleep(60_000);
        List<Request> requests = Audit.since(start);
        explain(requests);
        table.atMost("requests in a minute at rest", 35, requests.size(), "");
    }

    private void restart() throws Exception {
        Instant start = Instant.now();
        try (Running running = lab.startOperator()) {
            Thread.sleep(15_000);
            table.note("start with %d Sites".formatted(count), running.seconds(), " s");
            List<Request> writes = Audit.writes(start, namespace);
            explain(writes);
            table.atMost("writes after a restart", 0, writes.size(), "");
            change();
        }
    }

    /** Another image: the Service, the Deployment, the spec for a rollback and two statuses differ. */
    private void change() throws Exception {
        Instant start = Instant.now();
        Ready ready = Ready.watch(lab.api(), namespace);
        Load.run(0, CHANGED, i -> {
            var site = lab.sites().site(namespace, Sites.name(i));
            lab.api().apply(site.path(), site.body().replace(lab.image(), lab.other()));
        });
        ready.awaitCount(CHANGED);
        Thread.sleep(5_000);
        List<Request> writes = Audit.writes(start, namespace);
        explain(writes);
        table.atMost("writes when one field of a Site changes", 5, writes.size() / (double) CHANGED, "");
    }

    private void twin(double ours) throws Exception {
        String other = lab.namespace("twin-many");
        try (Running running = lab.startTwin()) {
            Ready ready = Ready.watch(lab.api(), other);
            lab.applySites(other, 0, count);
            ready.awaitCount(count);
            Thread.sleep(20_000);
            double twin = running.memory();
            table.note("memory of the operator with %d Sites".formatted(count), ours, " MiB");
            table.note("memory of the twin with %d Sites".formatted(count), twin, " MiB");
            table.atMost("memory next to the twin's", 2, ours / twin, "");
        } finally {
            lab.delete(other);
        }
    }

    /** What a full collection leaves, in KiB. */
    private static double heap(Running running) throws Exception {
        jcmd(running, "GC.run");
        String info = jcmd(running, "GC.heap_info");
        return info.lines()
                .filter(line -> line.contains(" total ") && line.contains(" used "))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* used (\\d+)K.*", "$1")))
                .sum();
    }

    private static String jcmd(Running running, String command) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd",
                        Long.toString(running.process().pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes());
    }

    private static void explain(List<Request> requests) {
        System.out.println("  "
                + requests.stream()
                        .collect(Collectors.groupingBy(
                                request -> request.verb() + " " + request.resource(),
                                TreeMap::new,
                                Collectors.counting())));
    }
}
