package dev.ashlar.operator.route;

import dev.ashlar.operator.secret.SecretReader;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Secrets of one namespace, {@code web}. */
final class TestSecrets implements SecretReader {
    static final String HASH = "$2y$10$abcdefghijklmnopqrstuuNh4gKwTq1VQ6zJ8m0sS0r6s1bYQmT5O";

    final Map<String, Map<String, String>> byName = new TreeMap<>(Map.of(
            "users", Map.of("users", "# who may\nada:" + HASH + "\n\nbob@example.org:" + HASH + "\n"),
            "certificate", Map.of("tls.crt", "CHAIN\n", "tls.key", "KEY")));

    boolean isAway;

    @Override
    public boolean mayRead(String namespace) {
        return namespace.equals("web");
    }

    @Override
    public Optional<Map<String, String>> values(String namespace, String name) {
        if (isAway) {
            throw new KubernetesClientException("no answer");
        }
        return Optional.ofNullable(byName.get(name));
    }
}
