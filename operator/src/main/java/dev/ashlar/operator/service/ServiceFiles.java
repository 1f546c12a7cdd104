package dev.ashlar.operator.service;

import dev.ashlar.crds.MountedFile;
import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The ConfigMap with a Service's files, and how the pods mount it: each file at its own path. */
final class ServiceFiles {
    private static final String VOLUME = "files";
    private static final int READ_ONLY = 0444;

    private ServiceFiles() {}

    static ConfigMap configMap(ServicePlan plan) {
        Map<String, String> data = new TreeMap<>();
        for (int i = 0; i < plan.files().size(); i++) {
            data.put(key(i), plan.files().get(i).content());
        }
        return new ConfigMapBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withData(data)
                .build();
    }

    static Volume volume(ServicePlan plan) {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewConfigMap()
                .withName(plan.name())
                .withDefaultMode(READ_ONLY)
                .withItems(items(plan.files()))
                .endConfigMap()
                .build();
    }

    static List<VolumeMount> mounts(ServicePlan plan) {
        return IntStream.range(0, plan.files().size())
                .mapToObj(i -> new VolumeMountBuilder()
                        .withName(VOLUME)
                        .withMountPath(plan.files().get(i).path())
                        .withSubPath(key(i))
                        .withReadOnly(true)
                        .build())
                .toList();
    }

    private static List<KeyToPath> items(List<MountedFile> files) {
        return IntStream.range(0, files.size())
                .mapToObj(i -> {
                    String mode = files.get(i).mode();
                    return new KeyToPathBuilder()
                            .withKey(key(i))
                            .withPath(key(i))
                            .withMode(mode == null ? READ_ONLY : Integer.parseInt(mode, 8))
                            .build();
                })
                .toList();
    }

    /** A path can hold what a key must not, so that files are numbered in the order of the spec. */
    private static String key(int index) {
        return "file-%02d".formatted(index);
    }
}
