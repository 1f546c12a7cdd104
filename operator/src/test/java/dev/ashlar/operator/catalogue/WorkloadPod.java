package dev.ashlar.operator.catalogue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a workload, by the rules of every pod: of its files only /tmp and /data are writable, and nothing runs as root. */
record WorkloadPod(String name, String reference, Workload workload) {
    private static final long USER = 65532;
    private static final List<String> WRITABLE = List.of("tmp", "data");

    ConfigMap files() {
        Map<String, String> data = new TreeMap<>();
        workload.files().forEach((path, content) -> data.put(key(path), content));
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build();
    }

    Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withServiceAccountName(workload.serviceAccount().orElse("default"))
                .withAutomountServiceAccountToken(workload.serviceAccount().isPresent())
                .withEnableServiceLinks(false)
                .withSecurityContext(security())
                .withContainers(container())
                .withVolumes(volumes())
                .endSpec()
                .build();
    }

    private static PodSecurityContext security() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private Container container() {
        return new ContainerBuilder()
                .withName("main")
                .withImage(reference)
                .withCommand(workload.command())
                .withArgs(workload.args())
                .withEnv(workload.env().entrySet().stream()
                        .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                        .toList())
                .withNewResources()
                .withRequests(Map.of("memory", new Quantity(workload.memory()), "cpu", new Quantity("10m")))
                .withLimits(Map.of("memory", new Quantity(workload.memory())))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(mounts())
                .withReadinessProbe(workload.port().map(WorkloadPod::accepts).orElse(null))
                .build();
    }

    private static Probe accepts(int port) {
        return new ProbeBuilder()
                .withPeriodSeconds(1)
                .withNewTcpSocket()
                .withNewPort(port)
                .endTcpSocket()
                .build();
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(empty("tmp"));
        volumes.add(workload.claim().map(WorkloadPod::claimed).orElse(empty("data")));
        volumes.add(new VolumeBuilder()
                .withName("files")
                .withNewConfigMap()
                .withName(name)
                .endConfigMap()
                .build());
        return volumes;
    }

    private static Volume empty(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    private static Volume claimed(String claim) {
        return new VolumeBuilder()
                .withName("data")
                .withNewPersistentVolumeClaim()
                .withClaimName(claim)
                .endPersistentVolumeClaim()
                .build();
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        for (String volume : WRITABLE) {
            mounts.add(new VolumeMountBuilder()
                    .withName(volume)
                    .withMountPath("/" + volume)
                    .build());
        }
        for (String path : workload.files().keySet()) {
            mounts.add(new VolumeMountBuilder()
                    .withName("files")
                    .withMountPath(path)
                    .withSubPath(key(path))
                    .build());
        }
        return mounts;
    }

    private static String key(String path) {
        return path.substring(1).replace('/', '_');
    }
}
