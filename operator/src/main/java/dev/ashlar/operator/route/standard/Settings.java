package dev.ashlar.operator.route.standard;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the environment says of its own gateway. */
@Singleton
final class Settings {
    private final Optional<String> parent;
    private final Optional<String> issuer;

    @Inject
    Settings(
            @ConfigProperty(name = Parent.SETTING) Optional<String> parent,
            @ConfigProperty(name = "ashlar.gateway-api.issuer") Optional<String> issuer) {
        this.parent = parent;
        this.issuer = issuer;
    }

    /** Fails where none is named. */
    Parent parent() {
        return Parent.of(parent.orElse(""));
    }

    /** The ClusterIssuer that Sites' certificates come from; without it the Gateway's own are all that there are. */
    Optional<String> issuer() {
        return issuer;
    }
}
