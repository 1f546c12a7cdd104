package dev.ashlar.images.bench;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Our nginx next to Debian's: the same file by the same configuration from the same core, asked by wrk from the other one. */
public final class NginxBench {
    private static final int ROUNDS = 7;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern MEMORY = Pattern.compile("RssAnon:\\s+([0-9]+) kB");

    /** Debian's has modules that ours lacks, and makes their folders at its start. */
    private static final String DEBIANS_FOLDERS =
            "fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;";

    private final Path work;
    private final Path debian;
    private final BuiltImage image;

    private NginxBench(Path work, Images images) {
        this.work = work;
        this.debian = images.programs("bench");
        this.image = images.image("nginx");
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("bench-nginx");
        new NginxBench(work, Images.open(Checkout.find())).run();
        Folders.delete(work);
    }

    private void run() throws Exception {
        Path site = Files.createDirectories(work.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<p>A page of four kilobytes.</p>\n".repeat(124));
        Path program = ImageFile.extract(image, "nginx", work.resolve("nginx"));
        try (Server ours = Server.start(List.of(program.toString()), work, 18081, "");
                Server theirs = Server.start(
                        List.of(debian.resolve("run").toString(), "usr/sbin/nginx"), work, 18082, DEBIANS_FOLDERS)) {
            List<Double> our = new ArrayList<>();
            List<Double> their = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                our.add(rate(ours));
                their.add(rate(theirs));
            }
            double ratio = median(our) / median(their);
            print(
                    "%-44s goal ratio 1.0   ours %.0f/s   other %.0f/s   ratio %.2f   %s%n",
                    "nginx next to Debian's, requests",
                    median(our),
                    median(their),
                    ratio,
                    ratio >= 1 ? "PASS" : "MISS");
            print(
                    "%-44s ours %d KiB   other %d KiB%n",
                    "its own memory, master and worker", ours.memory(), theirs.memory());
        }
        print(
                "%-44s ours %.1f MiB   other %.1f MiB%n",
                "image, next to Debian's nginx and its libraries", image.size() / 1048576.0, debianSize() / 1048576.0);
    }

    private double rate(Server server) throws IOException, InterruptedException {
        Path log = work.resolve("wrk.log");
        new ProcessBuilder(
                        "taskset",
                        "-c",
                        "1",
                        debian.resolve("run").toString(),
                        "usr/bin/wrk",
                        "-t1",
                        "-c32",
                        "-d3s",
                        "http://127.0.0.1:%d/index.html".formatted(server.port()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String output = Files.readString(log);
        Matcher rate = RATE.matcher(output);
        if (!rate.find() || output.contains("Non-2xx")) {
            throw new IOException("wrk measured nothing: " + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    /** Without what only wrk needs. */
    private long debianSize() throws IOException {
        try (Stream<Path> files = Files.walk(debian)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*(wrk|luajit|libgcc).*"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static double median(List<Double> rates) {
        List<Double> sorted = new ArrayList<>(rates);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    /** One nginx on the first core. */
    private record Server(Process process, int port) implements AutoCloseable {
        static Server start(List<String> program, Path work, int port, String folders)
                throws IOException, InterruptedException {
            Path folder = Files.createDirectories(work.resolve("run-" + port));
            Path config = Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    user root;
                    worker_processes 1;
                    pid %1$s/pid;
                    error_log stderr warn;
                    events { worker_connections 1024; }
                    http {
                      access_log off;
                      sendfile on;
                      tcp_nopush on;
                      client_body_temp_path %1$s/body;
                      proxy_temp_path %1$s/proxy;
                      %4$s
                      server { listen 127.0.0.1:%2$d; root %3$s/site; }
                    }
                    """.formatted(folder, port, work, folders));
            List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
            command.addAll(program);
            command.addAll(List.of("-e", "stderr", "-p", folder.toString(), "-c", config.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            for (int i = 0; i < 100 && !Files.exists(folder.resolve("pid")); i++) {
                Thread.sleep(50);
            }
            if (!process.isAlive()) {
                throw new IOException("nginx ended: " + Files.readString(folder.resolve("log")));
            }
            return new Server(process, port);
        }

        long memory() throws IOException {
            long sum = 0;
            for (ProcessHandle one : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList()) {
                Matcher memory =
                        MEMORY.matcher(Files.readString(Path.of("/proc", String.valueOf(one.pid()), "status")));
                sum += memory.find() ? Long.parseLong(memory.group(1)) : 0;
            }
            return sum;
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
