package dev.ashlar.operator.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** So many WebSockets that listen to a server which never stops talking; each connects again once it was closed. */
final class Streams implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;

    private final URI target;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, String> heard = new ConcurrentHashMap<>();
    private final List<Future<List<Integer>>> running;
    private volatile boolean stopped;

    private Streams(URI target, int streams) {
        this.target = target;
        this.running = IntStream.range(0, streams)
                .mapToObj(client -> clients.submit(() -> listen(client)))
                .toList();
    }

    static Streams open(String address, int port, int streams) {
        return new Streams(URI.create("ws://%s:%d/".formatted(address, port)), streams);
    }

    /** What each client heard last, by its number. */
    Map<Integer, String> heard() {
        return Map.copyOf(heard);
    }

    /** The codes with which the server closed connections; fails when one ended without a closing handshake or fell silent. */
    List<Integer> stop() throws Exception {
        stopped = true;
        List<Integer> codes = new ArrayList<>();
        for (Future<List<Integer>> client : running) {
            codes.addAll(client.get(2 * TIMEOUT_SECONDS, TimeUnit.SECONDS));
        }
        return codes;
    }

    @Override
    public void close() {
        stopped = true;
        clients.close();
        http.close();
    }

    private List<Integer> listen(int client) throws Exception {
        List<Integer> codes = new ArrayList<>();
        while (!stopped) {
            BlockingQueue<Event> events = new LinkedBlockingQueue<>();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(target, listener(events))
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            follow(client, events).ifPresent(codes::add);
            socket.abort();
        }
        return codes;
    }

    /** The code with which the server ended the connection; none when it was still open at the stop. */
    private Optional<Integer> follow(int client, BlockingQueue<Event> events) throws Exception {
        while (!stopped) {
            switch (events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                case Event.Text(String text) -> heard.put(client, text);
                case Event.Closed(int code) -> {
                    return Optional.of(code);
                }
                case Event.Failed(Throwable error) -> throw new IllegalStateException("a stream was cut", error);
                case null -> throw new IllegalStateException("a stream fell silent");
            }
        }
        return Optional.empty();
    }

    private sealed interface Event {
        record Text(String text) implements Event {}

        record Closed(int code) implements Event {}

        record Failed(Throwable error) implements Event {}
    }

    private static WebSocket.Listener listener(BlockingQueue<Event> events) {
        return new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                socket.request(1);
                events.add(new Event.Text(text.toString()));
                return null;
            }

            @Override
            public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                events.add(new Event.Closed(code));
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable error) {
                events.add(new Event.Failed(error));
            }
        };
    }
}
