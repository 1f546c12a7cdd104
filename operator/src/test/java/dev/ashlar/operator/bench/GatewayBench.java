package dev.ashlar.operator.bench;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.TestImages;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** One page by the gateway, by plain Caddy and by its own nginx; then the same with many Sites, and how soon a change of one is there. */
final class GatewayBench {
    private static final int QUICK = 40;
    private static final int PORT = 8080;
    private static final int METRICS = 8081;
    private static final double MIB = 1 << 20;
    private static final int SOON = 1000;
    private static final long SETTLED = 20_000;
    /** Of /proc, in a second. */
    private static final double TICKS = 100;
    /** The place of a process' start in its line of /proc, after its name. */
    private static final int STARTED = 19;

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Lab lab;
    private final Table table;
    private final int count;
    private final int rounds;
    private final String namespace;
    private final Wrk wrk;

    private GatewayBench(Lab lab, Table table, int count, int rounds) throws IOException {
        this.lab = lab;
        this.table = table;
        this.count = count;
        this.rounds = rounds;
        this.namespace = lab.namespace("gateway");
        this.wrk = new Wrk(Images.open(Checkout.find()).programs("bench"), lab.folder());
    }

    static void run(Lab lab, Table table, int count, int rounds) throws Exception {
        GatewayBench bench = new GatewayBench(lab, table, count, rounds);
        try (Running running = lab.startOperator()) {
            bench.run();
        } finally {
            lab.delete(bench.namespace);
        }
    }

    private void run() throws Exception {
        for (String document : documents()) {
            var json = Api.JSON.valueToTree(new Yaml().<Object>load(document));
            String kind = json.path("kind").asText().toLowerCase(Locale.ROOT);
            lab.api().apply(path(kind + "s", json.at("/metadata/name").asText()), json.toString());
        }
        String gateway = address("ashlar-system", "gateway-local");
        awaitAnswer(gateway, "page.localhost", 200);
        awaitAnswer(address(namespace, "plain"), "page.localhost", 200);
        compare(gateway);
        double one = rate(gateway).requests();
        Load.run(0, count, i -> apply("site-" + i, 410));
        for (int i = 0; i < count; i++) {
            awaitAnswer(gateway, "site-%d.localhost".formatted(i), 410);
        }
        Thread.sleep(SETTLED); // until the operator has told them all
        double many = rate(gateway).requests();
        table.atLeast("gateway with %d Sites next to one, requests".formatted(count), 0.9, many / one, "");
        table.atMost(
                "a changed route answers, p95, with %d Sites".formatted(count), 1, Table.p95(quick(gateway)), " s");
        table.note("gateway's memory with %d Sites".formatted(count), memory(), " MiB");
        content();
    }

    /** Interleaved, so that what else the machine does is shared. */
    private void compare(String gateway) throws Exception {
        List<Wrk.Rate> ours = new ArrayList<>();
        List<Wrk.Rate> plain = new ArrayList<>();
        List<Wrk.Rate> nginx = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ours.add(wrk.run("http://%s/".formatted(gateway), "page.localhost"));
            plain.add(wrk.run("http://%s/".formatted(address(namespace, "plain")), "page.localhost"));
            nginx.add(wrk.run("http://%s/".formatted(address(namespace, "page-content")), "page.localhost"));
        }
        note("the gateway", ours);
        note("plain Caddy", plain);
        note("the content's nginx", nginx);
        table.note("gateway next to plain Caddy, requests", Wrk.requests(ours) / Wrk.requests(plain), "");
        table.note("gateway next to nginx itself, requests", Wrk.requests(ours) / Wrk.requests(nginx), "");
        table.note("gateway next to plain Caddy, p99", Wrk.p99(ours) / Wrk.p99(plain), "");
    }

    private void note(String what, List<Wrk.Rate> rates) throws IOException {
        table.note("a page by " + what, Wrk.requests(rates), " /s");
        table.note("a page by " + what + ", p99", Wrk.p99(rates), " ms");
    }

    private Wrk.Rate rate(String gateway) throws Exception {
        List<Wrk.Rate> rates = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            rates.add(wrk.run("http://%s/".formatted(gateway), "page.localhost"));
        }
        return new Wrk.Rate(Wrk.requests(rates), Wrk.p99(rates));
    }

    /** From the request that changes a route until the gateway answers by it, in seconds. */
    private double[] quick(String gateway) throws Exception {
        double[] seconds = new double[QUICK];
        for (int i = 0; i < QUICK; i++) {
            long start = System.nanoTime();
            apply("site-0", 411 + i);
            awaitAnswer(gateway, "site-0.localhost", 411 + i);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        return seconds;
    }

    private void content() throws Exception {
        Pod pod = lab.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("ashlar.dev/owner", "page-content")
                .list()
                .getItems()
                .getFirst();
        String group = pod.getMetadata().getUid();
        List<ProcessHandle> all = nginx(group);
        double memory = 0;
        for (ProcessHandle one : all) {
            memory += privateMemory(one.pid());
        }
        table.atMost("memory of a content pod's own, master and worker", 2, memory, " MiB");
        String address = pod.getStatus().getPodIP() + ":" + PORT;
        ProcessHandle master = all.getFirst();
        master.destroyForcibly(); // the kubelet starts it again
        master.onExit().get();
        awaitAnswer(address, "page.localhost", 200);
        double answered = Double.parseDouble(read(Path.of("/proc/uptime")).split(" ")[0]);
        double started = started(nginx(group).getFirst().pid());
        table.atMost("a content container from its start to the first page", 50, (answered - started) * 1000, " ms");
    }

    /** Seconds after the machine's start. */
    private static double started(long process) {
        String line = read(Path.of("/proc", Long.toString(process), "stat"));
        return Double.parseDouble(line.substring(line.lastIndexOf(')') + 2).split(" ")[STARTED]) / TICKS;
    }

    /** The master first. */
    private static List<ProcessHandle> nginx(String pod) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/nginx"))
                .filter(process -> read(Path.of("/proc", Long.toString(process.pid()), "cgroup"))
                        .contains(pod))
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .toList();
    }

    private static double privateMemory(long process) {
        return read(Path.of("/proc", Long.toString(process), "smaps_rollup"))
                        .lines()
                        .filter(line -> line.startsWith("Private_"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }

    private double memory() throws Exception {
        Pod pod = lab.client()
                .pods()
                .inNamespace("ashlar-system")
                .withLabel("app.kubernetes.io/name", "gateway")
                .list()
                .getItems()
                .getFirst();
        URI metrics =
                URI.create("http://%s:%d/metrics".formatted(pod.getStatus().getPodIP(), METRICS));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                            .body()
                            .filter(line -> line.startsWith("process_resident_memory_bytes "))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                            .findFirst()
                            .orElseThrow()
                    / MIB;
        }
    }

    private void apply(String name, int status) throws Exception {
        lab.api().apply(path("sites", name), """
                {"apiVersion": "ashlar.dev/v1alpha1", "kind": "Site", "metadata": {"name": "%1$s"},
                 "spec": {"domains": [{"name": "%1$s.localhost"}], "routes": [{"path": "/", "respond": %2$d}]}}
                """.formatted(name, status));
    }

    private static void awaitAnswer(String address, String host, int status) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (status(address, host) != status) {
            if (System.nanoTime() > end) {
                throw new IOException("%s does not answer %d for %s".formatted(address, status, host));
            }
            Thread.sleep(1);
        }
    }

    /** 0 when nobody answers. */
    private static int status(String address, String host) {
        String[] parts = address.split(":");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), SOON);
            socket.setSoTimeout(SOON);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes(StandardCharsets.US_ASCII));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return line.length() < 12 ? 0 : Integer.parseInt(line.substring(9));
        } catch (IOException nobody) {
            return 0;
        }
    }

    private String path(String kind, String name) {
        return "/apis/ashlar.dev/v1alpha1/namespaces/%s/%s/%s".formatted(namespace, kind, name);
    }

    private List<String> documents() throws IOException {
        try (InputStream in = Objects.requireNonNull(GatewayBench.class.getResourceAsStream("/bench/gateway.yaml"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("NAMESPACE", namespace)
                    .replace("IMAGE", lab.image())
                    .replace("CADDY", TestImages.push(lab.client(), "caddy"));
            return Stream.of(text.split("(?m)^---$")).toList();
        }
    }

    private String address(String in, String service) {
        return lab.client()
                        .services()
                        .inNamespace(in)
                        .withName(service)
                        .waitUntilCondition(Objects::nonNull, 1, TimeUnit.MINUTES)
                        .getSpec()
                        .getClusterIP()
                + ":" + PORT;
    }
}
