package dev.ashlar.images.bench;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.ContentImage;
import dev.ashlar.images.Images;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryProgram;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A one-file change of a 6 MB website, built and pushed to the tree's own registry: ours, the floor and jib-core in turn. */
public final class ImagesBench {
    private static final int WARM = 3;
    private static final int ROUNDS = 7;
    private static final long LOGGED = 200; // milliseconds until the registry's log has a request that was answered

    private final RegistryProgram program;
    private final Path work;
    private final BuiltImage base = Images.open(Checkout.find()).image("nginx");

    private ImagesBench(RegistryProgram program, Path work) {
        this.program = program;
        this.work = work;
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("bench-images");
        try (RegistryProgram program = RegistryProgram.start(work)) {
            new ImagesBench(program, work).run();
        }
        Folders.delete(work);
        NginxBench.main(args);
    }

    private void run() throws Exception {
        Website website = Website.write(work.resolve("website"));
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                Registry registry = new Registry(program.target("bench/ours"))) {
            FloorWay floor = new FloorWay(program.base(), work.resolve("floor.tar"), client);
            Map<String, Way> ways = new LinkedHashMap<>();
            ways.put("ours", folder -> ours(registry, folder));
            ways.put("floor", floor);
            ways.put("jib", new JibWay(program.base(), work.resolve("jib")));
            Map<String, List<Double>> times = measure(website, floor, ways);
            double ours = median(times, "ours");
            report("one file changed, next to the floor", ours, median(times, "floor"), 2);
            report("one file changed, next to plain jib-core", ours, median(times, "jib"), 0.5);
            unchanged(registry, website.folder());
        }
    }

    private Map<String, List<Double>> measure(Website website, FloorWay floor, Map<String, Way> ways) throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < WARM + ROUNDS; round++) {
            website.change(round);
            floor.prepare(website.folder());
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long start = System.nanoTime();
                way.getValue().push(website.folder());
                double seconds = (System.nanoTime() - start) / 1e9;
                if (round >= WARM) {
                    times.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                            .add(seconds);
                }
            }
        }
        return times;
    }

    private long ours(Registry registry, Path folder) {
        BuiltImage image = ContentImage.build(base, folder, work.resolve("cache"), "bench/ours");
        return registry.push(new Layout(image.layout()));
    }

    private void unchanged(Registry registry, Path folder) throws Exception {
        Thread.sleep(LOGGED);
        List<String> before = program.requests();
        long start = System.nanoTime();
        long sent = ours(registry, folder);
        double seconds = (System.nanoTime() - start) / 1e9;
        Thread.sleep(LOGGED);
        List<String> requests =
                program.requests().subList(before.size(), program.requests().size());
        boolean good = sent == 0 && requests.size() == 1 && requests.getFirst().contains("HEAD");
        print(
                "%-44s goal 1 HEAD, 0 bytes   value %d requests, %d bytes, %.3f s   %s%n",
                "unchanged", requests.size(), sent, seconds, good ? "PASS" : "MISS");
    }

    private static void report(String name, double ours, double other, double goal) {
        print(
                "%-44s goal ratio %.1f   ours %.3f s   other %.3f s   ratio %.2f   %s%n",
                name, goal, ours, other, ours / other, ours / other <= goal ? "PASS" : "MISS");
    }

    private static double median(Map<String, List<Double>> times, String way) {
        List<Double> sorted =
                times.getOrDefault(way, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
