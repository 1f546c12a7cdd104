package dev.ashlar.operator.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** So many requests a second, each by a connection of its own, which a keep-alive could not save. Ends by itself after three minutes. */
public final class Load implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final String host;
    private final InetSocketAddress target;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private Load(String host, InetSocketAddress target) {
        this.host = host;
        this.target = target;
    }

    /** How it went: how many got an HTTP answer that is no error of a server, and what became of the others. */
    public record Result(int answers, List<String> failures) {}

    public static Load on(String address, int port, int perSecond) {
        return of("busy", new InetSocketAddress(address, port), perSecond);
    }

    /** Asks a server for one of the hosts that it has. */
    public static Load of(String host, InetSocketAddress server, int perSecond) {
        Load load = new Load(host, server);
        var sending = load.clock.scheduleAtFixedRate(
                () -> load.requests.execute(load::ask),
                0,
                TimeUnit.SECONDS.toNanos(1) / perSecond,
                TimeUnit.NANOSECONDS);
        load.clock.schedule(() -> sending.cancel(false), LONGEST.toSeconds(), TimeUnit.SECONDS);
        return load;
    }

    /** No more requests; those under way are waited for. */
    public Result stop() {
        clock.shutdownNow();
        requests.close();
        return new Result(answers.get(), List.copyOf(failures));
    }

    @Override
    public void close() {
        stop();
    }

    private void ask() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(target, TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = reader.readLine();
            if (line != null && line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 5")) {
                answers.incrementAndGet();
            } else {
                failures.add("no answer: " + line);
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }
}
