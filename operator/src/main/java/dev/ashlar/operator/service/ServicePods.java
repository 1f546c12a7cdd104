package dev.ashlar.operator.service;

import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.Port;
import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;

/** The pods of a Service, by the rules that hold for every pod: nothing is writable but /tmp, nothing runs as root, nothing may ask for more. */
final class ServicePods {
    static final String CONTAINER = "main";
    private static final long USER = 65532;
    private static final long GRACE_FOR_ENDPOINTS_SECONDS = 3;

    private ServicePods() {}

    static PodTemplateSpec template(ServicePlan plan) {
        PodSpec spec = spec(plan);
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of(Labels.OWNER, plan.name(), Labels.REVISION, Revision.of(spec, plan.files())))
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private static PodSpec spec(ServicePlan plan) {
        var spec = new PodSpecBuilder()
                .withRestartPolicy(plan.run() instanceof Run.Always ? null : "Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(plan))
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("64Mi"))
                .endEmptyDir()
                .endVolume();
        if (!plan.files().isEmpty()) {
            spec.addToVolumes(ServiceFiles.volume(plan));
        }
        return spec.build();
    }

    private static Container container(ServicePlan plan) {
        var container = new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(plan.image())
                .withCommand(plan.command())
                .withArgs(plan.args())
                .withEnv(plan.env().stream().map(ServicePods::env).toList())
                .withPorts(plan.ports().stream().map(ServicePods::port).toList())
                .withNewResources()
                .withRequests(new TreeMap<>(Map.of("cpu", plan.cpu(), "memory", plan.memory())))
                .withLimits(Map.of("memory", plan.memory()))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .addAllToVolumeMounts(ServiceFiles.mounts(plan));
        ServiceProbes.add(plan, container);
        return plan.ports().isEmpty() ? container.build() : stopAfterTheEndpoints(container);
    }

    /** A pod is taken out of the endpoints while it still answers. */
    private static Container stopAfterTheEndpoints(ContainerBuilder container) {
        return container
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(GRACE_FOR_ENDPOINTS_SECONDS)
                .endPreStop()
                .endLifecycle()
                .build();
    }

    private static ContainerPort port(Port port) {
        return new ContainerPortBuilder()
                .withName(port.name())
                .withContainerPort(port.port())
                .withProtocol(ServicePorts.protocol(port))
                .build();
    }

    private static io.fabric8.kubernetes.api.model.EnvVar env(EnvVar entry) {
        var built = new EnvVarBuilder().withName(entry.name());
        return entry.secret() == null
                ? built.withValue(entry.value()).build()
                : built.withNewValueFrom()
                        .withNewSecretKeyRef(
                                entry.secret().key(), entry.secret().name(), null)
                        .endValueFrom()
                        .build();
    }
}
