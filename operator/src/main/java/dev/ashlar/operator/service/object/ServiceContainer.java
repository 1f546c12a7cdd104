package dev.ashlar.operator.service.object;

import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Publish;
import dev.ashlar.operator.service.plan.Exceptions;
import dev.ashlar.operator.service.plan.Exposure;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.plan.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one container of a Service's pods: the serving one, or that of a step before it. */
public final class ServiceContainer {
    public static final String NAME = "main";
    private static final long GRACE_FOR_ENDPOINTS_SECONDS = 3;

    private ServiceContainer() {}

    /** How it is in one of the pods; empty before its node has said. */
    public static Optional<ContainerStatus> statusIn(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(container -> NAME.equals(container.getName()))
                .findFirst();
    }

    static Container serving(ServicePlan plan) {
        var container = container(plan)
                .withCommand(plan.command())
                .withArgs(plan.args())
                .withPorts(plan.ports().stream().map(ServiceContainer::port).toList());
        ServiceProbes.add(plan, container);
        return plan.ports().isEmpty() ? container.build() : stopAfterTheEndpoints(container);
    }

    /** As the serving one, but that nothing asks it. */
    static Container step(ServicePlan plan, Step step) {
        return container(plan)
                .withCommand(step.command().isEmpty() ? plan.command() : step.command())
                .withArgs(step.args().isEmpty() ? plan.args() : step.args())
                .build();
    }

    private static ContainerBuilder container(ServicePlan plan) {
        Exceptions exceptions = plan.exceptions();
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(plan.image())
                .withEnv(plan.env().stream().map(ServiceContainer::env).toList())
                .withNewResources()
                .withRequests(new TreeMap<>(Map.of("cpu", plan.cpu(), "memory", plan.memory())))
                .withLimits(Map.of("memory", plan.memory()))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(!exceptions.writableRoot())
                .withNewCapabilities()
                .withAdd(exceptions.capabilities())
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(ServiceVolumes.mounts(plan));
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
                .withHostPort(hostPort(port))
                .withProtocol(ServicePorts.protocol(port))
                .build();
    }

    private static @Nullable Integer hostPort(Port port) {
        Publish publish = port.publish();
        return publish == null || Exposure.way(port) != Publish.Way.HOST_PORT ? null : publish.port();
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
