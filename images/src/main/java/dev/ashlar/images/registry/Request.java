package dev.ashlar.images.registry;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One request to a registry.
 *
 * @param purpose what it is for, as it follows "cannot" in a message
 * @param body made anew for each try
 * @param repeatable whether sending it twice is as good as once
 */
record Request(
        String method,
        URI uri,
        String purpose,
        Map<String, String> headers,
        Supplier<BodyPublisher> body,
        Duration timeout,
        boolean repeatable) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long SLOWEST = 128 << 10; // bytes a second

    static Request of(String method, URI uri, String purpose) {
        return new Request(method, uri, purpose, Map.of(), BodyPublishers::noBody, TIMEOUT, true);
    }

    Request header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Request(method, uri, purpose, more, body, timeout, repeatable);
    }

    /** With a body; the time that it may take grows with its size. */
    Request body(Supplier<BodyPublisher> content, long size) {
        return new Request(method, uri, purpose, headers, content, TIMEOUT.plusSeconds(size / SLOWEST), repeatable);
    }

    Request once() {
        return new Request(method, uri, purpose, headers, body, timeout, false);
    }

    Request to(URI other) {
        return new Request(method, other, purpose, headers, body, timeout, repeatable);
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
