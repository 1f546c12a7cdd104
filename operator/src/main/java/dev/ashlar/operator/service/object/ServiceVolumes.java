package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Volume;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the pods of a Service find mounted: /tmp, their volumes, their files, and folders of the node where that is allowed. */
public final class ServiceVolumes {
    private static final String TMP = "/tmp";
    private static final Quantity TMP_SIZE = new Quantity("64Mi");
    /** Before the name of a claim that several Services mount: their pods find each other by it. */
    private static final String NEIGHBOUR = "claim.ashlar.dev/";

    private ServiceVolumes() {}

    /** The pods' volumes, but for those that a StatefulSet makes for each pod. */
    static List<io.fabric8.kubernetes.api.model.Volume> volumes(ServicePlan plan) {
        var volumes = new ArrayList<io.fabric8.kubernetes.api.model.Volume>();
        if (needsTmp(plan)) {
            volumes.add(temporary("tmp", TMP_SIZE));
        }
        plan.volumes().stream()
                .flatMap(volume -> Stream.ofNullable(volume(plan, volume)))
                .forEach(volumes::add);
        volumes.addAll(ServiceFiles.volumes(plan));
        List<String> folders = plan.exceptions().nodeFolders();
        for (int i = 0; i < folders.size(); i++) {
            volumes.add(new VolumeBuilder()
                    .withName("node-folder-" + i)
                    .withNewHostPath(folders.get(i), "Directory")
                    .build());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(ServicePlan plan) {
        var mounts = new ArrayList<VolumeMount>();
        if (needsTmp(plan)) {
            mounts.add(mount("tmp", TMP).build());
        }
        plan.volumes().stream()
                .map(volume -> mount(name(volume), volume.mountPath()).build())
                .forEach(mounts::add);
        mounts.addAll(ServiceFiles.mounts(plan));
        List<String> folders = plan.exceptions().nodeFolders();
        for (int i = 0; i < folders.size(); i++) {
            mounts.add(
                    mount("node-folder-" + i, folders.get(i)).withReadOnly(true).build());
        }
        return mounts;
    }

    /** The name of a volume within the pods; its own prefix keeps it apart from the names that Ashlar gives. */
    public static String name(Volume volume) {
        return "volume-" + volume.name();
    }

    /** On the pods: one label for each claim that others may mount too. */
    static Map<String, String> neighbours(ServicePlan plan) {
        return plan.volumes().stream()
                .flatMap(volume -> Stream.ofNullable(volume.claim()))
                .distinct() // one claim may be mounted at several paths
                .collect(Collectors.toMap(claim -> NEIGHBOUR + claim, claim -> ""));
    }

    /** A claim is mounted on one node at a time: all pods that have it go where the first of them is. */
    static @Nullable Affinity affinity(ServicePlan plan) {
        List<PodAffinityTerm> together = neighbours(plan).keySet().stream()
                .sorted()
                .map(label -> new PodAffinityTermBuilder()
                        .withTopologyKey("kubernetes.io/hostname")
                        .withNewLabelSelector()
                        .addNewMatchExpression()
                        .withKey(label)
                        .withOperator("Exists")
                        .endMatchExpression()
                        .endLabelSelector()
                        .build())
                .toList();
        return together.isEmpty()
                ? null
                : new AffinityBuilder()
                        .withNewPodAffinity()
                        .withRequiredDuringSchedulingIgnoredDuringExecution(together)
                        .endPodAffinity()
                        .build();
    }

    private static boolean needsTmp(ServicePlan plan) {
        return plan.volumes().stream().noneMatch(volume -> volume.mountPath().equals(TMP));
    }

    private static io.fabric8.kubernetes.api.model.@Nullable Volume volume(ServicePlan plan, Volume volume) {
        if (volume.temporary() != null) {
            return temporary(name(volume), volume.temporary());
        }
        if (volume.size() != null && plan.run() instanceof Run.Stateful) {
            return null;
        }
        return new VolumeBuilder()
                .withName(name(volume))
                .withNewPersistentVolumeClaim(
                        volume.claim() == null ? ServiceClaims.name(plan, volume) : volume.claim(), null)
                .build();
    }

    private static io.fabric8.kubernetes.api.model.Volume temporary(String name, Quantity size) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(size)
                .endEmptyDir()
                .build();
    }

    private static VolumeMountBuilder mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path);
    }
}
