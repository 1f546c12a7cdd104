package dev.ashlar.operator.route;

import dev.ashlar.crds.SecretKey;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.secret.SecretReader;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the Secrets that one Site's routes name; what is wrong with one of them is said, and whatever it should protect is answered by nobody. */
final class SiteSecrets {
    private static final String CHAIN = "tls.crt";
    private static final String KEY = "tls.key";
    private static final int LARGEST_PEM = 16 << 10;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final SecretReader source;
    private final String namespace;
    private final Map<String, Optional<Map<String, String>>> read = new HashMap<>();
    private @Nullable Outcome trouble;

    private SiteSecrets(SecretReader source, String namespace) {
        this.source = source;
        this.namespace = namespace;
    }

    /** @param before what was read last, which stays while the API server does not answer */
    static Given of(SiteSpec spec, String namespace, SecretReader source, Optional<Given> before) {
        Set<SecretKey> keys = new LinkedHashSet<>();
        Stream.concat(
                        Stream.ofNullable(spec.basicAuth()),
                        spec.routes().stream().flatMap(route -> Stream.ofNullable(route.basicAuth())))
                .flatMap(auth -> Stream.ofNullable(auth.secret()))
                .forEach(keys::add);
        Optional<String> tls = spec.certificateSecret();
        return keys.isEmpty() && tls.isEmpty()
                ? Given.NOTHING
                : new SiteSecrets(source, namespace).read(keys, tls, before);
    }

    private Given read(Set<SecretKey> keys, Optional<String> tls, Optional<Given> before) {
        Set<String> names = new LinkedHashSet<>();
        keys.forEach(key -> names.add(key.name()));
        tls.ifPresent(names::add);
        try {
            return read(names, keys, tls);
        } catch (KubernetesClientException unreachable) {
            boolean isForbidden = unreachable.getCode() == 401 || unreachable.getCode() == 403;
            Outcome later = new Outcome.Waiting(
                    RouteReason.SecretUnreadable,
                    "Secrets %s cannot be read now (status %d), which is tried again by itself; see why: `kubectl -n %s get secrets`."
                            .formatted(String.join(", ", names), unreachable.getCode(), namespace),
                    AGAIN);
            return before.filter(given -> !isForbidden)
                    .filter(given -> given.secrets().equals(names))
                    .map(given -> new Given(names, given.accounts(), given.certificate(), Optional.of(later)))
                    .orElseGet(() -> new Given(names, Map.of(), Optional.empty(), Optional.of(later)));
        }
    }

    private Given read(Set<String> names, Set<SecretKey> keys, Optional<String> tls) {
        Map<SecretKey, List<Account>> accounts = new HashMap<>();
        keys.forEach(key -> accounts(key).ifPresent(list -> accounts.put(key, list)));
        Optional<Given.Pem> certificate = tls.flatMap(this::certificate);
        return new Given(names, accounts, certificate, Optional.ofNullable(trouble));
    }

    private Optional<List<Account>> accounts(SecretKey key) {
        return value(key.name(), key.key()).flatMap(text -> {
            try {
                return Optional.of(Account.of(text));
            } catch (IllegalArgumentException wrong) {
                return refused(
                        RouteReason.NoAccounts,
                        "Of key %s of Secret %s, %s; write lines with `htpasswd -nB NAME`."
                                .formatted(key.key(), key.name(), wrong.getMessage()));
            }
        });
    }

    private Optional<Given.Pem> certificate(String secret) {
        return value(secret, CHAIN)
                .flatMap(chain -> value(secret, KEY).flatMap(key -> {
                    if (chain.length() + key.length() > LARGEST_PEM) {
                        return refused(
                                RouteReason.CertificateRefused,
                                "Secret %s has more than %d KiB; leave out what is neither the chain nor the key."
                                        .formatted(secret, LARGEST_PEM >> 10));
                    }
                    return Optional.of(new Given.Pem(chain.strip() + "\n" + key.strip() + "\n"));
                }));
    }

    private Optional<String> value(String secret, String key) {
        if (!source.mayRead(namespace)) {
            return refused(
                    RouteReason.NoAccessToSecrets,
                    "A route needs Secret %s, and Ashlar may not read the Secrets of namespace %s; let it: `ashlar namespace %2$s`."
                            .formatted(secret, namespace));
        }
        Optional<Map<String, String>> values = read.computeIfAbsent(secret, name -> source.values(namespace, name));
        if (values.isEmpty()) {
            return refused(
                    RouteReason.SecretMissing,
                    "A route needs Secret %s, which is not there; create it: `kubectl -n %s create secret generic %1$s --from-file=%s=FILE`."
                            .formatted(secret, namespace, key));
        }
        if (!values.get().containsKey(key)) {
            return refused(
                    RouteReason.SecretKeyMissing,
                    "Secret %s has no key %s, which a route needs; `kubectl -n %s describe secret %1$s` lists its keys."
                            .formatted(secret, key, namespace));
        }
        return Optional.of(values.get().get(key));
    }

    /** The first that is wrong is said. */
    private <T> Optional<T> refused(RouteReason reason, String message) {
        if (trouble == null) {
            trouble = new Outcome.Waiting(reason, message);
        }
        return Optional.empty();
    }
}
