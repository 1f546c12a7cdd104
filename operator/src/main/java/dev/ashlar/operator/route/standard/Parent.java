package dev.ashlar.operator.route.standard;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cluster's own Gateway, which all Sites are behind. */
record Parent(String namespace, String name) {
    static final String SETTING = "ashlar.gateway-api.parent";
    private static final Pattern SAID = Pattern.compile("([a-z0-9-]+)/([a-z0-9.-]+)");

    /** @param said {@code NAMESPACE/NAME} */
    static Parent of(String said) {
        Matcher matcher = SAID.matcher(said);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "%s is \"%s\", which names no Gateway; write NAMESPACE/NAME of the one that Sites are behind"
                            .formatted(SETTING, said));
        }
        return new Parent(matcher.group(1), matcher.group(2));
    }

    /** To all of its listeners that let the Site's namespace in. */
    ParentReference reference() {
        return new ParentReferenceBuilder()
                .withGroup("gateway.networking.k8s.io")
                .withKind("Gateway")
                .withNamespace(namespace)
                .withName(name)
                .build();
    }

    boolean isMeantBy(ParentReference reference) {
        return name.equals(reference.getName()) && namespace.equals(reference.getNamespace());
    }

    @Override
    public String toString() {
        return "Gateway %s/%s".formatted(namespace, name);
    }
}
