package dev.ashlar.images;

import java.net.URI;
import javax.net.ssl.SSLContext;

/**
 * A repository in a registry that an image is pushed to.
 *
 * @param base the registry, as {@code https://localhost:40123}
 * @param tls trusts the registry's certificate
 * @param user for HTTP basic authentication
 * @param password for HTTP basic authentication
 * @param repository the image's name in the registry, without tag or digest
 */
public record RegistryTarget(URI base, SSLContext tls, String user, String password, String repository) {
    @Override
    public String toString() {
        return base.resolve("/") + repository;
    }
}
