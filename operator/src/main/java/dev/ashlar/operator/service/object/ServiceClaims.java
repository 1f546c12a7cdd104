package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Volume;
import dev.ashlar.operator.kube.Claims;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The claims of a Service's own volumes: one for each, of a stateful Service one for each and each pod. */
public final class ServiceClaims {
    private ServiceClaims() {}

    public static List<PersistentVolumeClaim> claims(ServicePlan plan) {
        return plan.volumes().stream()
                .filter(volume -> volume.size() != null)
                .flatMap(volume -> claims(plan, volume))
                .toList();
    }

    static String name(ServicePlan plan, Volume volume) {
        return plan.name() + "-" + volume.name();
    }

    /**
     * What a StatefulSet is told of its pods' claims. Each of them is there, with its true size, before a pod asks for it; so the size that
     * stands here is never used, and does not change when the true one grows, which the API server would refuse.
     */
    static List<PersistentVolumeClaim> templates(ServicePlan plan) {
        return plan.volumes().stream()
                .filter(volume -> volume.size() != null)
                .map(volume -> new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(ServiceVolumes.name(volume))
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .withRequests(Map.of("storage", new Quantity("1Mi")))
                        .endResources()
                        .endSpec()
                        .build())
                .toList();
    }

    /** The names that a StatefulSet looks for: TEMPLATE-SET-NUMBER. */
    private static Stream<PersistentVolumeClaim> claims(ServicePlan plan, Volume volume) {
        boolean delete = Boolean.TRUE.equals(volume.delete());
        Quantity size = Objects.requireNonNull(volume.size());
        return plan.run() instanceof Run.Stateful(int replicas)
                ? IntStream.range(0, replicas)
                        .mapToObj(i -> "%s-%s-%d".formatted(ServiceVolumes.name(volume), plan.name(), i))
                        .map(name -> Claims.claim(plan.owner(), name, size, delete))
                : Stream.of(Claims.claim(plan.owner(), name(plan, volume), size, delete));
    }
}
