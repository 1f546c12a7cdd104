package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims on storage, which outlive their owner unless it says otherwise. */
public final class Claims {
    private Claims() {}

    /** A claim never shrinks, which going back to an earlier spec may ask for. */
    public static PersistentVolumeClaim notSmaller(
            PersistentVolumeClaim desired, @Nullable PersistentVolumeClaim live) {
        if (live != null && bytes(live).compareTo(bytes(desired)) > 0) {
            desired.getSpec().setResources(live.getSpec().getResources());
        }
        return desired;
    }

    private static BigDecimal bytes(PersistentVolumeClaim claim) {
        return Quantity.getAmountInBytes(
                claim.getSpec().getResources().getRequests().get("storage"));
    }

    /** @param delete whether the claim, and what is on it, goes with the owner */
    public static PersistentVolumeClaim claim(HasMetadata owner, String name, Quantity size, boolean delete) {
        var metadata = Labels.child(owner, name);
        if (!delete) {
            metadata.setOwnerReferences(List.of());
            metadata.setLabels(Labels.kept(owner));
        }
        return new PersistentVolumeClaimBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", size))
                .endResources()
                .endSpec()
                .build();
    }
}
