package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One workload, with or without a website; {@code asvc} on the command line, since {@code services} is the core kind. */
@Group("ashlar.dev")
@Version("v1alpha1")
@Plural("services")
@Singular("service")
@ShortNames("asvc")
@JsonClassDescription(
        "A Service is one workload: an image, what it listens on and how its health is seen. `kubectl get services` lists the core "
                + "kind of the same name; write `asvc`, or `services.ashlar.dev` in full.")
@ValidationRule(
        fieldPath = ".metadata.name",
        value = "self.metadata.name.size() <= 51",
        message = "shorten the name of the service to 51 characters, so that every name made from it fits")
@ValidationRule(fieldPath = ".metadata.name", value = Rules.ROOT_LABEL, message = Rules.LABEL_SAYS)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Service.READY + ".status", type = Type.STRING)
@AdditionalPrinterColumn(name = "Message", jsonPath = Service.READY + ".message", type = Type.STRING)
@AdditionalPrinterColumn(name = "Replicas", jsonPath = ".status.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class Service extends CustomResource<ServiceSpec, ServiceStatus> implements Namespaced {
    static final String READY = ".status.conditions[?(@.type==\"Ready\")]";
}
