package dev.ashlar.images.registry;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.ServiceLoader;
import javax.net.ssl.SSLContext;

/** Opens the repository that a reference means: in the cluster's own registry, or in any other by the host that it names. */
public final class Registries {
    private Registries() {}

    /** A repository of another registry, with the login that docker's config file has for it; or of the cluster's own. */
    public static Registry open(Reference reference) {
        return reference
                .host()
                .map(host -> foreign(host, reference.repository()))
                .orElseGet(() -> own(reference));
    }

    private static Registry own(Reference reference) {
        OwnRegistry own = ServiceLoader.load(OwnRegistry.class)
                .findFirst()
                .orElseThrow(() -> new BuildException(
                        "%s is in the cluster's own registry, which this program cannot reach; write HOST/%s for another"
                                .formatted(reference, reference)));
        OwnRegistry.Access access = own.open(reference.repository());
        return new Registry(access.target(), Progress.toTerminal(), access::close);
    }

    private static Registry foreign(String host, String repository) {
        URI secure = URI.create("https://" + host);
        URI base = RegistryTarget.isLoopback(secure) ? URI.create("http://" + host) : secure;
        return new Registry(
                new RegistryTarget(base, trust(), DockerConfig.find().login(host), repository));
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no usable list of trusted authorities", e);
        }
    }
}
