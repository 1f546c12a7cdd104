package dev.ashlar.operator.connection;

import dev.ashlar.images.proof.DeployedList;
import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/**
 * The list of known images of a cluster, in a ConfigMap beside the operator: {@code deploy} writes it, the operator and
 * {@code image verify --policy} judge by it. Found by its entry in {@code META-INF/services}.
 */
public final class DeployedImages implements DeployedList {
    public static final String NAME = "known-images";
    public static final String KEY = "images.json";

    @Override
    public KnownImages read() {
        try (KubernetesClient client = Connection.open()) {
            return find(client)
                    .orElseThrow(
                            () -> new Failure("the cluster has no ConfigMap %s/%s, which says what images it trusts;"
                                            .formatted(ClusterRegistry.NAMESPACE, NAME)
                                    + " run `make deploy`"));
        }
    }

    /** The list, when one was deployed; a {@link Failure} when it was damaged. */
    public static Optional<KnownImages> find(KubernetesClient client) {
        ConfigMap map = client.configMaps()
                .inNamespace(ClusterRegistry.NAMESPACE)
                .withName(NAME)
                .get();
        if (map == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(KnownImages.read(Optional.ofNullable(map.getData())
                    .map(data -> data.get(KEY))
                    .orElse("")));
        } catch (IllegalArgumentException broken) {
            throw new Failure(
                    "ConfigMap %s/%s is damaged (%s); delete it and run `make deploy`"
                            .formatted(ClusterRegistry.NAMESPACE, NAME, broken.getMessage()),
                    broken);
        }
    }

    /** Adds what was built; what was deployed before stays, since Sites and their history still run on it. */
    public static void add(KubernetesClient client, KnownImages built) {
        KnownImages all = find(client).map(built::over).orElse(built);
        client.configMaps()
                .inNamespace(ClusterRegistry.NAMESPACE)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(ClusterRegistry.NAMESPACE)
                        .withName(NAME)
                        .addToLabels(Labels.PROOF, NAME)
                        .endMetadata()
                        .withData(Map.of(KEY, all.json()))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }
}
