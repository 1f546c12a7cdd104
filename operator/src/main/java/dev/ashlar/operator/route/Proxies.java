package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who stands before the gateway in this environment, and is believed what it says of the client's address. Of nobody else it is. */
@Singleton
public final class Proxies {
    private final List<String> forwarding;
    private final List<String> wrapping;

    /**
     * @param forwarding the ranges in CIDR notation whose {@code X-Forwarded-For} counts
     * @param wrapping those whose connections may begin with a header of the PROXY protocol
     */
    @Inject
    Proxies(
            @ConfigProperty(name = "ashlar.trusted-proxies") Optional<List<String>> forwarding,
            @ConfigProperty(name = "ashlar.proxy-protocol") Optional<List<String>> wrapping) {
        this.forwarding = forwarding.orElse(List.of());
        this.wrapping = wrapping.orElse(List.of());
    }

    /** Tells one of Caddy's servers. */
    void addTo(ObjectNode server) {
        if (!forwarding.isEmpty()) {
            ranges(server.putObject("trusted_proxies").put("source", "static").putArray("ranges"), forwarding);
            server.put("trusted_proxies_strict", 1); // what stands furthest right and is not theirs
        }
        if (!wrapping.isEmpty()) {
            ArrayNode wrappers = server.putArray("listener_wrappers");
            ObjectNode proxy =
                    wrappers.addObject().put("wrapper", "proxy_protocol").put("fallback_policy", "SKIP");
            ranges(proxy.putArray("allow"), wrapping);
            wrappers.addObject().put("wrapper", "tls");
        }
    }

    private static void ranges(ArrayNode to, List<String> ranges) {
        ranges.forEach(to::add);
    }
}
