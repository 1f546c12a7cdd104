package dev.ashlar.operator.publish;

import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;

/** Applies one Site server-side; what is not in its file and was not set by publishing stays. */
record SiteClient(KubernetesClient client, String namespace, String name) {
    /** The file is the source, so its values win; a field that the schema does not know is refused instead of dropped. */
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("ashlar-publish")
            .withFieldValidation("Strict")
            .withForce(true)
            .build();

    /** The revision that runs instead of the spec, empty when the spec runs. */
    Optional<Integer> rollbackTo() {
        return Optional.ofNullable(client.genericKubernetesResources(RolloutKind.SITE.context())
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(site -> site.get("spec", "rollbackTo") instanceof Number number ? number.intValue() : null);
    }

    /** The generation that the API server gave to the spec, empty when there is no such Site yet. */
    Optional<Long> generation() {
        return Optional.ofNullable(client.genericKubernetesResources(RolloutKind.SITE.context())
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(site -> site.getMetadata().getGeneration());
    }

    /** Returns the generation after it. */
    long apply(String document) {
        GenericKubernetesResource site =
                client.getKubernetesSerialization() // a text that starts with "{" is taken for JSON
                        .unmarshal("---\n" + document, GenericKubernetesResource.class);
        site.getMetadata().setNamespace(namespace);
        try {
            return client.genericKubernetesResources(RolloutKind.SITE.context())
                    .inNamespace(namespace)
                    .resource(site)
                    .patch(APPLY, site)
                    .getMetadata()
                    .getGeneration();
        } catch (KubernetesClientException refused) {
            throw explained(refused);
        }
    }

    private RuntimeException explained(KubernetesClientException refused) {
        String message = String.valueOf(refused.getMessage());
        if (refused.getCode() != 404) {
            return refused;
        }
        return message.contains("namespaces")
                ? new Failure(
                        "there is no namespace %s; make it with `kubectl create namespace %s`"
                                .formatted(namespace, namespace),
                        refused)
                : new Failure("this cluster does not know the kind Site; `make deploy` installs it", refused);
    }
}
