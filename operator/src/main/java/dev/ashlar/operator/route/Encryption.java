package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.Tls;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** How hosts come by their certificates in this environment. */
@Singleton
public final class Encryption {
    private static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";
    private static final int DEFAULT_PORT = 443;
    private static final String MACHINE = "localhost";

    /** What a host's certificate comes from. */
    enum Way {
        ACME,
        INTERNAL,
        SECRET,
        DISABLED
    }

    private final Way usual;
    private final int port;
    private final boolean isTrusted;
    private final ObjectNode server;

    /**
     * @param usual of a Site that says nothing
     * @param port as clients see it
     * @param isTrusted whether clients trust the cluster's own CA, so that http may lead to https
     * @param roots PEM of who signed the certificate of the ACME server itself; absent means the public ones
     * @param renewalCheck how often it is looked what is to be renewed; absent means every ten minutes
     */
    @Inject
    Encryption(
            @ConfigProperty(name = "ashlar.tls", defaultValue = "internal") Way usual,
            @ConfigProperty(name = "ashlar.https-port", defaultValue = "8443") int port,
            @ConfigProperty(name = "ashlar.ca-trusted", defaultValue = "false") boolean isTrusted,
            @ConfigProperty(name = "ashlar.acme.directory", defaultValue = LETS_ENCRYPT) String directory,
            @ConfigProperty(name = "ashlar.acme.email") Optional<String> email,
            @ConfigProperty(name = "ashlar.acme.roots") Optional<String> roots,
            @ConfigProperty(name = "ashlar.acme.renewal-check") Optional<String> renewalCheck) {
        this.usual = usual;
        this.port = port;
        this.isTrusted = isTrusted;
        this.server = JsonNodeFactory.instance.objectNode().put("directory", directory);
        email.ifPresent(address -> server.put("email", address));
        roots.ifPresent(pem -> server.put("roots", pem));
        renewalCheck.ifPresent(interval -> server.put("renewal_check", interval));
    }

    /** Whether a Site says nothing, or what the environment says. */
    public boolean isUsual(@Nullable Tls tls) {
        return tls == null || said(tls) == usual;
    }

    /** Whether what the environment says is to issue a certificate for a host, be it a Site's or not. */
    public boolean isIssued(String host) {
        return usual != Way.DISABLED && of(null, host) == usual;
    }

    /** For a name of the machine itself no ACME server gives one. */
    Way of(@Nullable Tls tls, String host) {
        Way way = tls == null ? usual : said(tls);
        boolean isOwn = host.equals(MACHINE) || host.endsWith("." + MACHINE);
        return way == Way.ACME && isOwn ? Way.INTERNAL : way;
    }

    /** For the address that a Site has by itself, which no certificate of somebody else is for. */
    Way ofOwn(@Nullable Tls tls, String host) {
        return of(tls == null || tls.secret() != null ? null : tls, host);
    }

    private static Way said(Tls tls) {
        if (tls.acme() != null) {
            return Way.ACME;
        }
        if (tls.secret() != null) {
            return Way.SECRET;
        }
        return tls.internal() != null ? Way.INTERNAL : Way.DISABLED;
    }

    /** Whether http leads to https at a host: not where clients would be warned. */
    boolean leadsToHttps(Way way) {
        return way == Way.ACME || way == Way.SECRET || way == Way.INTERNAL && isTrusted;
    }

    /** What stands before the path in an encrypted URL of this host. */
    String origin(String host) {
        return "https://" + host + (port == DEFAULT_PORT ? "" : ":" + port);
    }

    /** As clients see it. */
    int port() {
        return port;
    }

    boolean isTrusted() {
        return isTrusted;
    }

    /** Whom the gateway asks for certificates, and at which ports of its own it is asked back. */
    ObjectNode server(int httpPort, int httpsPort) {
        return server.deepCopy().put("http_port", httpPort).put("https_port", httpsPort);
    }
}
