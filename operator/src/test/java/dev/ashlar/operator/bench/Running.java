package dev.ashlar.operator.bench;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs.
 *
 * @param seconds from its start until it answered
 */
record Running(Program program, Process process, double seconds) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long POLL = 10;

    static Running start(Program program, Path folder) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(program.command());
        builder.environment().putAll(program.environment());
        File log = folder.resolve(program.name() + ".log").toFile();
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client, program)) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                    process.destroyForcibly();
                    throw new IOException(program.name() + " does not start; see " + log);
                }
                Thread.sleep(POLL);
            }
        }
        return new Running(program, process, (System.nanoTime() - start) / 1e9);
    }

    /** Its share of memory, in MiB. */
    double memory() throws IOException {
        return NodeMemory.share(process.pid());
    }

    /** The processor time it used, in seconds. */
    double processor() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    private static boolean answers(HttpClient client, Program program) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(program.ready()).build(), BodyHandlers.discarding())
                            .statusCode()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
