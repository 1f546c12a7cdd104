package dev.ashlar.operator.route;

import dev.ashlar.crds.Site;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where Sites answer in this environment: each at {@code http://SITE.NAMESPACE.SUFFIX:PORT}, and at those of its own domains that are served here. */
@Singleton
public final class SiteAddresses {
    private static final int DEFAULT_PORT = 80;
    private static final String ALL = "*";

    private final String suffix;
    private final int port;
    private final List<String> served;

    @Inject
    SiteAddresses(
            @ConfigProperty(name = "ashlar.domain-suffix", defaultValue = "localhost") String suffix,
            @ConfigProperty(name = "ashlar.http-port", defaultValue = "8080") int port,
            @ConfigProperty(name = "ashlar.served-domains", defaultValue = "localhost,test") List<String> served) {
        this.suffix = suffix;
        this.port = port;
        this.served = served;
    }

    String suffix() {
        return suffix;
    }

    public String host(Site site) {
        return host(site.getMetadata().getNamespace(), site.getMetadata().getName());
    }

    String host(String namespace, String name) {
        return "%s.%s.%s".formatted(name, namespace, suffix);
    }

    /** Of plain HTTP, as clients see it. */
    int port() {
        return port;
    }

    /** What stands before the path in a URL of this host. */
    String origin(String host) {
        return "http://" + host + (port == DEFAULT_PORT ? "" : ":" + port);
    }

    /** Whether this environment serves a Site's own domain: by {@code ashlar.served-domains}, a list of suffixes, or * for all. */
    boolean isServed(String domain) {
        return served.contains(ALL)
                || served.stream().anyMatch(end -> domain.equals(end) || domain.endsWith("." + end));
    }

    /** Whether a Site may have the domain: its own address, as {@code ashlar publish} names it, but no other's, nor a name below one. */
    boolean mayHave(String namespace, String name, String domain) {
        boolean isReserved =
                domain.equals(suffix) || domain.endsWith("." + suffix) && labels(domain) >= labels(suffix) + 2;
        return !isReserved || domain.equals(host(namespace, name));
    }

    private static int labels(String domain) {
        return domain.split("\\.").length;
    }
}
