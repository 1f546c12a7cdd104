package dev.ashlar.operator.secret;

import java.util.Map;
import java.util.Optional;

/** Reads what is in Secrets. */
public interface SecretReader {
    /** Whether the Secrets of the namespace may be read. */
    boolean mayRead(String namespace);

    /**
     * What is in a Secret now, as text; empty when there is none. It is asked for each time, and not kept.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not answer, or not with it
     */
    Optional<Map<String, String>> values(String namespace, String name);
}
