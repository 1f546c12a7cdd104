package dev.ashlar.operator.site;

import dev.ashlar.crds.Site;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where Sites answer in this cluster beside their own domains: {@code http://SITE.NAMESPACE.SUFFIX:PORT}. */
@Singleton
final class SiteAddress {
    private static final int DEFAULT_PORT = 80;

    private final String suffix;
    private final int port;

    @Inject
    SiteAddress(
            @ConfigProperty(name = "ashlar.domain-suffix", defaultValue = "localhost") String suffix,
            @ConfigProperty(name = "ashlar.http-port", defaultValue = "8080") int port) {
        this.suffix = suffix;
        this.port = port;
    }

    String url(Site site) {
        var metadata = site.getMetadata();
        String host = "http://%s.%s.%s".formatted(metadata.getName(), metadata.getNamespace(), suffix);
        return port == DEFAULT_PORT ? host : host + ":" + port;
    }
}
