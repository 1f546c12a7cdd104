package dev.ashlar.images.registry;

import dev.ashlar.images.host.BuildException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * A repository in a registry, and how to reach it.
 *
 * @param base the registry, as {@code https://localhost:40123}; plain http is for the loopback alone
 * @param tls trusts the registry's certificate
 * @param login for HTTP basic authentication or for the token service that the registry names; none where anyone may read
 * @param repository the image's name in the registry, without tag or digest
 */
public record RegistryTarget(URI base, SSLContext tls, Optional<Login> login, String repository) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** A user and a password; printed without the password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    public RegistryTarget {
        if (!"https".equals(base.getScheme()) && !isLoopback(base)) {
            throw new BuildException(
                    "%s would send images and passwords unencrypted; give the registry a certificate".formatted(base));
        }
    }

    /** Whether nothing sent there leaves this machine. */
    static boolean isLoopback(URI uri) {
        return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
    }

    public RegistryTarget withRepository(String other) {
        return new RegistryTarget(base, tls, login, other);
    }

    /** The registry's host and port, as messages name it. */
    public String registry() {
        return base.getAuthority();
    }

    @Override
    public String toString() {
        return registry() + "/" + repository;
    }
}
