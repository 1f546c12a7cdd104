package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private final Site owner = new Site();
    private final ConfigMap child;

    OwnershipTest() {
        owner.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("demo")
                .withUid("1")
                .build());
        child = new ConfigMapBuilder()
                .withMetadata(Labels.child(owner, "shop-child"))
                .editMetadata()
                .withOwnerReferences()
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager(Labels.MANAGER)
                        .withOperation("Apply")
                        .build())
                .endMetadata()
                .build();
    }

    @Test
    void whatLostItsReferenceIsTakenBackWithOrWithoutItsLabel() {
        assertThat(Ownership.isOrphan(owner, child)).isTrue();
        child.getMetadata().setLabels(Map.of());
        assertThat(Ownership.isOrphan(owner, child)).isTrue();
    }

    @Test
    void whatCarriesTheNameOfAnotherOwnerOrWasNeverAppliedIsNot() {
        child.getMetadata().setLabels(Map.of(Labels.OWNER, "other"));
        assertThat(Ownership.isOrphan(owner, child)).isFalse();
        child.getMetadata().setLabels(Map.of(Labels.OWNER, "shop"));
        child.getMetadata().getManagedFields().getFirst().setManager("kubectl");
        assertThat(Ownership.isOrphan(owner, child)).isFalse();
    }

    @Test
    void aClaimIsTakenBackByItsLabelAloneAndNeverWhenItIsKeptForSomebody() {
        var claim = new PersistentVolumeClaimBuilder()
                .withMetadata(child.getMetadata())
                .build();
        assertThat(Ownership.isOrphan(owner, claim)).isTrue();
        claim.getMetadata().setLabels(Map.of());
        assertThat(Ownership.isOrphan(owner, claim)).isFalse();
        claim.getMetadata().setLabels(Map.of(Labels.OWNER, "shop", Labels.KEPT_FOR, "Service"));
        assertThat(Ownership.isOrphan(owner, claim)).isFalse();
    }
}
