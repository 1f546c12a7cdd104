package dev.ashlar.operator.cluster;

import dev.ashlar.operator.cluster.pki.Authority;
import dev.ashlar.operator.cluster.pki.Credential;
import dev.ashlar.operator.cluster.pki.Identity;
import dev.ashlar.operator.cluster.pki.Pem;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** The registry's certificate and its one login, made when they are absent and kept from then on. */
final class RegistrySecrets {
    static final String NAMESPACE = "ashlar-system";
    private static final String USER = "ashlar";
    // A slow hash protects a password that can be guessed; this one has 256 random bits and is checked at each request.
    private static final int COST = 4;
    private static final int SALT = 16;
    private static final int PASSWORD = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KubernetesClient client;
    private final Clock clock;

    RegistrySecrets(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void ensure() {
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build();
        if (client.resource(namespace).get() == null) {
            client.resource(namespace).create();
        }
        if (isAbsent("registry-tls")) {
            client.resource(tls()).create();
        }
        if (isAbsent("registry-credentials")) {
            client.resource(credentials()).create();
        }
    }

    private boolean isAbsent(String secret) {
        return client.secrets().inNamespace(NAMESPACE).withName(secret).get() == null;
    }

    private Secret tls() {
        Authority authority = Authority.create("ashlar-registry", clock);
        Credential server = authority.issue(
                Identity.server("registry", "registry." + NAMESPACE + ".svc", "localhost", "127.0.0.1"));
        return secret(
                "registry-tls",
                "kubernetes.io/tls",
                Map.of(
                        "tls.crt",
                        server.certificatePem(),
                        "tls.key",
                        server.keyPem(),
                        "ca.crt",
                        Pem.write(authority.credential().certificate())));
    }

    private static Secret credentials() {
        String password = HexFormat.of().formatHex(random(PASSWORD));
        String hash = OpenBSDBCrypt.generate("2y", password.toCharArray(), random(SALT), COST);
        return secret(
                "registry-credentials",
                "Opaque",
                Map.of("username", USER, "password", password, "htpasswd", USER + ":" + hash + "\n"));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static Secret secret(String name, String type, Map<String, String> values) {
        var builder = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withType(type);
        values.forEach((key, value) -> builder.addToData(
                key, java.util.Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return builder.build();
    }
}
