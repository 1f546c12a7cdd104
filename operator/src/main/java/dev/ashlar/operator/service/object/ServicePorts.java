package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Port;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.Map;

/** The core Service: one stable name and address in front of the pods. */
public final class ServicePorts {
    private ServicePorts() {}

    public static Service service(ServicePlan plan) {
        return new ServiceBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(Map.of(Labels.OWNER, plan.name()))
                .withPorts(plan.ports().stream().map(ServicePorts::port).toList())
                .endSpec()
                .build();
    }

    static String protocol(Port port) {
        return port.protocol() == null
                ? Port.Protocol.TCP.name()
                : port.protocol().name();
    }

    private static ServicePort port(Port port) {
        return new ServicePortBuilder()
                .withName(port.name())
                .withPort(port.port())
                .withTargetPort(new IntOrString(port.name()))
                .withProtocol(protocol(port))
                .build();
    }
}
