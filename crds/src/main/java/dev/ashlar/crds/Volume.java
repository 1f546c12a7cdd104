package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** One folder that the containers may write to. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "(has(self.size) ? 1 : 0) + (has(self.temporary) ? 1 : 0) + (has(self.claim) ? 1 : 0) == 1",
        message =
                "give the volume exactly one of size (kept), temporary (goes with the pod) and claim (one that is there): {name: data, mountPath: /data, size: 1Gi}")
@ValidationRule(
        value = "!has(self.delete) || has(self.size)",
        message = "only a volume with a size can be deleted with the service: remove delete")
@ValidationRule(
        value = "has(self.temporary) || self.mountPath != '/tmp'",
        message = "/tmp goes with the pod: give the volume `temporary` instead, or another mountPath")
public record Volume(
        @JsonPropertyDescription(
                "The name of the volume, like data; with a size, the claim is called <service>-<name>.")
        @Required
        @Size(max = 20)
        @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
        String name,

        @JsonPropertyDescription("The folder where the containers find it, from the root.")
        @Required
        @Size(max = 256)
        @ValidationRule(value = Rules.FILE, message = Rules.FOLDER_SAYS)
        String mountPath,

        @JsonPropertyDescription(
                "The size of a volume that is kept, like 1Gi. It may grow where the storage can, and never shrinks.")
        @Size(max = 20)
        @ValidationRule(value = Rules.SIZE, message = Rules.SIZE_SAYS)
        @ValidationRule(value = Rules.GROWS, message = Rules.GROWS_SAYS)
        @Nullable
        Quantity size,

        @JsonPropertyDescription(
                "Whether the volume and what is on it goes when the service is deleted; absent means that it stays.")
        @Nullable
        Boolean delete,

        @JsonPropertyDescription("The size of an empty folder of each pod that goes with it, like 64Mi.")
        @Size(max = 20)
        @ValidationRule(value = Rules.SIZE, message = Rules.SIZE_SAYS)
        @Nullable
        Quantity temporary,

        @JsonPropertyDescription("The name of a PersistentVolumeClaim in the same namespace that is there already.")
        @Size(max = 63)
        @ValidationRule(
                value = Rules.OBJECT_NAME,
                message = "write the name of a claim in this namespace; `kubectl get pvc` lists them")
        @Nullable
        String claim) {}
