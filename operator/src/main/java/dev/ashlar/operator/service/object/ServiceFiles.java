package dev.ashlar.operator.service.object;

import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.SecretKey;
import dev.ashlar.operator.history.KeptFiles;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ConfigMap with a Service's files, and how the pods mount it and the Secrets that hold the others: each file at its own path. */
public final class ServiceFiles {
    private static final String PLAIN = "files";
    private static final int READ_ONLY = 0444;

    private ServiceFiles() {}

    /** It cannot be changed: another content is another ConfigMap, so that each revision keeps its own. */
    public static ConfigMap configMap(ServicePlan plan) {
        return new ConfigMapBuilder()
                .withMetadata(Labels.child(plan.owner(), configMapName(plan)))
                .withImmutable(true)
                .withData(KeptFiles.data(plan.files()))
                .build();
    }

    private static String configMapName(ServicePlan plan) {
        return KeptFiles.name(plan.name(), plan.files()).orElseThrow();
    }

    /** One for all files with content, and one for each Secret. */
    static List<Volume> volumes(ServicePlan plan) {
        var volumes = new ArrayList<Volume>();
        if (!plan.plainFiles().isEmpty()) {
            volumes.add(new VolumeBuilder()
                    .withName(PLAIN)
                    .withNewConfigMap()
                    .withName(configMapName(plan))
                    .withDefaultMode(READ_ONLY)
                    .withItems(items(plan, PLAIN))
                    .endConfigMap()
                    .build());
        }
        for (String secret : secrets(plan)) {
            String name = volume(plan, secret);
            volumes.add(new VolumeBuilder()
                    .withName(name)
                    .withNewSecret()
                    .withSecretName(secret)
                    .withDefaultMode(READ_ONLY)
                    .withItems(items(plan, name))
                    .endSecret()
                    .build());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(ServicePlan plan) {
        return IntStream.range(0, plan.files().size())
                .mapToObj(i -> new VolumeMountBuilder()
                        .withName(volume(plan, plan.files().get(i)))
                        .withMountPath(plan.files().get(i).path())
                        .withSubPath(KeptFiles.key(i))
                        .withReadOnly(true)
                        .build())
                .toList();
    }

    private static List<KeyToPath> items(ServicePlan plan, String volume) {
        return IntStream.range(0, plan.files().size())
                .filter(i -> volume(plan, plan.files().get(i)).equals(volume))
                .mapToObj(i -> item(plan.files().get(i), KeptFiles.key(i)))
                .toList();
    }

    private static KeyToPath item(MountedFile file, String name) {
        return new KeyToPathBuilder()
                .withKey(file.secret() == null ? name : file.secret().key())
                .withPath(name)
                .withMode(file.mode() == null ? READ_ONLY : Integer.parseInt(file.mode(), 8))
                .build();
    }

    private static String volume(ServicePlan plan, MountedFile file) {
        return file.secret() == null ? PLAIN : volume(plan, file.secret().name());
    }

    /** The name of a Secret can be longer than that of a volume, so that they are numbered. */
    private static String volume(ServicePlan plan, String secret) {
        return "secret-" + secrets(plan).indexOf(secret);
    }

    private static List<String> secrets(ServicePlan plan) {
        return plan.files().stream()
                .map(MountedFile::secret)
                .flatMap(Stream::ofNullable)
                .map(SecretKey::name)
                .sorted()
                .distinct()
                .toList();
    }
}
