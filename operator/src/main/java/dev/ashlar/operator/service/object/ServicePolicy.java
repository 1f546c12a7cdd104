package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Access;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Publish;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.ClusterNetwork;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The NetworkPolicy: who may connect to the pods of a Service, and where those may connect to. */
public final class ServicePolicy {
    private ServicePolicy() {}

    public static NetworkPolicy policy(ServicePlan plan, ClusterNetwork network) {
        return new NetworkPolicyBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of(Labels.OWNER, plan.name()))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(ingress(plan, network))
                .withEgress(egress(plan, network))
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyIngressRule> ingress(ServicePlan plan, ClusterNetwork network) {
        var rules = new ArrayList<NetworkPolicyIngressRule>();
        List<NetworkPolicyPeer> from = plan.access().from() == null
                ? Stream.concat(
                                Stream.of(plan.site().map(Peers::site).orElseGet(Peers::namespace)),
                                network.gateways().stream().map(Peers::namespace))
                        .toList()
                : plan.access().from().stream().map(ServicePolicy::peer).toList();
        if (!from.isEmpty()) {
            rules.add(new NetworkPolicyIngressRuleBuilder().withFrom(from).build());
        }
        plan.exposure().published().map(ServicePolicy::published).forEach(rules::add);
        return rules;
    }

    private static NetworkPolicyIngressRule published(Port port) {
        Publish publish = Objects.requireNonNull(port.publish());
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(publish.from().stream().map(Peers::range).toList())
                .withPorts(port(port.port(), ServicePorts.protocol(port)))
                .build();
    }

    private static List<NetworkPolicyEgressRule> egress(ServicePlan plan, ClusterNetwork network) {
        var rules = new ArrayList<>(List.of(dns()));
        List<Access.Target> to = plan.access().to();
        if (to == null) {
            rules.add(new NetworkPolicyEgressRuleBuilder()
                    .withTo(Stream.concat(
                                    Stream.of(
                                            plan.site().map(Peers::site).orElseGet(Peers::namespace), Peers.siteless()),
                                    network.outside())
                            .toList())
                    .build());
        } else {
            to.stream().map(ServicePolicy::target).forEach(rules::add);
        }
        return rules;
    }

    private static NetworkPolicyEgressRule dns() {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(Peers.namespace("kube-system"))
                .withPorts(port(53, "UDP"), port(53, "TCP"))
                .build();
    }

    private static NetworkPolicyEgressRule target(Access.Target target) {
        var rule =
                new NetworkPolicyEgressRuleBuilder().withTo(Peers.of(target.service(), target.site(), target.cidr()));
        return target.port() == null
                ? rule.build()
                : rule.withPorts(port(target.port(), "TCP"), port(target.port(), "UDP"))
                        .build();
    }

    private static NetworkPolicyPeer peer(Access.Source source) {
        return Peers.of(source.service(), source.site(), source.cidr());
    }

    private static NetworkPolicyPort port(int number, String protocol) {
        return new NetworkPolicyPort(null, new IntOrString(number), protocol);
    }
}
