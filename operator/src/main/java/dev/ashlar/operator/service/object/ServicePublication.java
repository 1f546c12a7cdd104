package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Port;
import dev.ashlar.crds.Publish;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The core Services by which ports are reached from outside: one for those of a load balancer, one for those of every node. */
public final class ServicePublication {
    private ServicePublication() {}

    /** At most one for each way; a port of the node that runs the pod needs none. */
    public static List<Service> services(ServicePlan plan) {
        return Stream.of(
                        service(plan, Publish.Way.NODE_PORT, "NodePort", "-node"),
                        service(plan, Publish.Way.LOAD_BALANCER, "LoadBalancer", "-public"))
                .flatMap(s -> s)
                .toList();
    }

    /** Where ranges tell who may connect, his address must be kept: then only nodes with a pod answer. */
    private static Stream<Service> service(ServicePlan plan, Publish.Way way, String type, String suffix) {
        List<Port> ports = plan.exposure().by(way).toList();
        return ports.isEmpty()
                ? Stream.empty()
                : Stream.of(new ServiceBuilder()
                        .withMetadata(Labels.child(plan.owner(), plan.name() + suffix))
                        .withNewSpec()
                        .withType(type)
                        .withExternalTrafficPolicy(
                                way == Publish.Way.LOAD_BALANCER
                                                || !ranges(ports).isEmpty()
                                        ? "Local"
                                        : "Cluster")
                        .withSelector(Map.of(Labels.OWNER, plan.name()))
                        .withPorts(ports.stream().map(port -> port(port, way)).toList())
                        .withLoadBalancerSourceRanges(way == Publish.Way.LOAD_BALANCER ? ranges(ports) : List.of())
                        .endSpec()
                        .build());
    }

    private static ServicePort port(Port port, Publish.Way way) {
        int number = Objects.requireNonNull(port.publish()).port();
        return new ServicePortBuilder()
                .withName(port.name())
                .withPort(way == Publish.Way.NODE_PORT ? port.port() : number)
                .withNodePort(way == Publish.Way.NODE_PORT ? number : null)
                .withTargetPort(new IntOrString(port.name()))
                .withProtocol(ServicePorts.protocol(port))
                .build();
    }

    /** A load balancer has one list for all its ports: with one that is open to everybody, the pods' policy tells them apart. */
    private static List<String> ranges(List<Port> ports) {
        List<Publish> published =
                ports.stream().map(Port::publish).flatMap(Stream::ofNullable).toList();
        return published.stream().anyMatch(each -> each.from().isEmpty())
                ? List.of()
                : published.stream()
                        .flatMap(each -> each.from().stream())
                        .sorted()
                        .distinct()
                        .toList();
    }
}
