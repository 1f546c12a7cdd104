package dev.ashlar.operator.secret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is kept of a Secret: which one it is, its version and the names of its keys. */
public final class KnownSecret {
    private KnownSecret() {}

    static Secret trimmed(Secret secret) {
        var metadata = secret.getMetadata();
        return new SecretBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .endMetadata()
                .withData(withoutValues(secret.getData()))
                .build();
    }

    /** The names of its keys. */
    public static Set<String> keys(Secret secret) {
        return secret.getData() == null ? Set.of() : secret.getData().keySet();
    }

    /** Differs whenever the Secret was changed or made anew. */
    public static String version(Secret secret) {
        return secret.getMetadata().getUid() + "/" + secret.getMetadata().getResourceVersion();
    }

    private static Map<String, String> withoutValues(@Nullable Map<String, String> data) {
        var keys = new TreeMap<String, String>();
        if (data != null) {
            data.keySet().forEach(key -> keys.put(key, ""));
        }
        return keys;
    }
}
