package dev.ashlar.operator.rollout;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Arrays;
import java.util.Optional;

/** The kinds whose objects run something. */
public enum RolloutKind {
    DEPLOYMENT("apps", "v1", "Deployment", "deployments"),
    DAEMON_SET("apps", "v1", "DaemonSet", "daemonsets"),
    STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets"),
    SERVICE("ashlar.dev", "v1alpha1", "Service", "services"),
    SITE("ashlar.dev", "v1alpha1", "Site", "sites");

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;

    RolloutKind(String group, String version, String kind, String plural) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
    }

    /** The kind of an object, empty when it runs nothing; a core Service is not one of ours. */
    public static Optional<RolloutKind> of(String apiVersion, String kind) {
        return Arrays.stream(values())
                .filter(each -> each.kind.equals(kind) && apiVersion.equals(each.group + "/" + each.version))
                .findFirst();
    }

    /** True for the kinds that the operator answers for by its conditions. */
    boolean isOurs() {
        return this == SERVICE || this == SITE;
    }

    String title() {
        return kind;
    }

    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
