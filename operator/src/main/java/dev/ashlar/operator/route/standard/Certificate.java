package dev.ashlar.operator.route.standard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A Certificate of cert-manager, with all of its fields, so that none that somebody adds is missed. */
@Group("cert-manager.io")
@Version("v1")
public final class Certificate extends CustomResource<JsonNode, JsonNode> implements Namespaced {
    @Override
    protected @Nullable JsonNode initSpec() {
        return null;
    }

    @Override
    protected @Nullable JsonNode initStatus() {
        return null;
    }
}
