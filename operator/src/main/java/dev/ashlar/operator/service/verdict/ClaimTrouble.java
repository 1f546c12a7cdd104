package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Why a claim of a Service has no volume. */
final class ClaimTrouble {
    private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    private static final String NO_CLASS = "storageclass.storage.k8s.io \"";

    private ClaimTrouble() {}

    /** Of the first claim that is not bound. */
    static Optional<Outcome.Waiting> of(ServicePlan plan, Evidence evidence) {
        return evidence.claims().stream()
                .filter(claim -> claim.getStatus() == null
                        || !"Bound".equals(claim.getStatus().getPhase()))
                .min(Comparator.comparing(claim -> claim.getMetadata().getName()))
                .map(claim -> because(plan, claim, evidence));
    }

    /** A claim that is not of the Service itself is not watched. */
    static Outcome.Waiting unknown(ServicePlan plan) {
        return new Outcome.Waiting(
                ServiceReason.ClaimUnbound,
                "A claim that Service %s mounts is not there or has no volume; see `kubectl -n %s get pvc`, and create it or correct spec.volumes."
                        .formatted(plan.name(), plan.namespace()));
    }

    private static Outcome.Waiting because(ServicePlan plan, PersistentVolumeClaim claim, Evidence evidence) {
        return new Outcome.Waiting(
                ServiceReason.ClaimUnbound,
                "Claim %s of Service %s, %s, has no volume: %s."
                        .formatted(
                                claim.getMetadata().getName(),
                                plan.name(),
                                claim.getSpec().getResources().getRequests().get("storage"),
                                cause(plan, claim, evidence)));
    }

    private static String cause(ServicePlan plan, PersistentVolumeClaim claim, Evidence evidence) {
        String storage = claim.getSpec().getStorageClassName();
        if (storage == null || storage.isEmpty()) {
            return "no storage class is the cluster's default; make one so: `kubectl annotate storageclass NAME storageclass.kubernetes.io/is-default-class=true` (`kubectl get storageclass` lists them)";
        }
        String look = "`kubectl -n %s describe pvc %s`"
                .formatted(plan.namespace(), claim.getMetadata().getName());
        return evidence.warnings()
                .last(claim.getMetadata().getUid(), "ProvisioningFailed")
                .map(warning -> warning.message().contains(NO_CLASS)
                        ? "there is no storage class %s; create it, or delete the claim while nothing is on it: `kubectl -n %s delete pvc %s`"
                                .formatted(
                                        storage,
                                        plan.namespace(),
                                        claim.getMetadata().getName())
                        : "the provisioner of storage class %s failed; see why: %s".formatted(storage, look))
                .orElseGet(() -> "%s was asked for it and has not made it; see %s".formatted(provisioner(claim), look));
    }

    private static String provisioner(PersistentVolumeClaim claim) {
        Map<String, String> annotations = claim.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(PROVISIONER)
                ? "the provisioner " + annotations.get(PROVISIONER)
                : "the provisioner of storage class " + claim.getSpec().getStorageClassName();
    }
}
