package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Says in a sentence why the API server does not take an object. */
final class Refusal {
    private Refusal() {}

    /** The namespace is on its way out, or has gone meanwhile. */
    static boolean isNamespaceGoing(KubernetesClientException e) {
        StatusDetails details =
                Optional.ofNullable(e.getStatus()).map(Status::getDetails).orElseGet(StatusDetails::new);
        return (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && "namespaces".equals(details.getKind()))
                || details.getCauses().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    static String namespaceGoing(HasMetadata desired) {
        return "Namespace %s is being deleted.".formatted(desired.getMetadata().getNamespace());
    }

    static String of(HasMetadata desired, KubernetesClientException e) {
        return "The API server refuses %s %s (%s); correct the spec or the namespace's limits."
                .formatted(
                        desired.getKind(),
                        desired.getMetadata().getName(),
                        Optional.ofNullable(e.getStatus())
                                .map(Status::getMessage)
                                .orElse("without saying why"));
    }
}
