package dev.ashlar.operator.cluster.local;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.cluster.control.ClusterPki;
import dev.ashlar.operator.cluster.control.Kubeconfigs;
import dev.ashlar.operator.cluster.machine.Component;
import dev.ashlar.operator.cluster.machine.Components;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.ImageStore;
import dev.ashlar.operator.cluster.node.Node;
import dev.ashlar.operator.cluster.node.NodeConfig;
import dev.ashlar.operator.cluster.node.NodeId;
import dev.ashlar.operator.cluster.node.NodeLayout;
import dev.ashlar.operator.cluster.node.NodeObject;
import dev.ashlar.operator.cluster.node.Programs;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** One node while it is brought up or repaired: every step first looks whether there is anything to do. */
final class LocalNode {
    private final NodeLayout layout;
    private final NodePlace place;
    private final NodeConfig config;
    private final Node node;
    private final Components components;
    private final ImageStore store;
    private final List<BuiltImage> images;

    /** @param images the ones that cannot be pulled; the first is pause */
    LocalNode(NodeLayout layout, Programs programs, StateFile state, List<BuiltImage> images) {
        this.layout = layout;
        this.place = new NodePlace(layout, programs.folder("nft").resolve("ip"));
        this.config = new NodeConfig(layout, programs, ImageStore.reference(images.getFirst()));
        this.node = new Node(layout, programs, config);
        this.components = new Components(state, place.launcher());
        this.store = new ImageStore(layout, programs);
        this.images = images;
    }

    NodeId id() {
        return layout.id();
    }

    NodePlace place() {
        return place;
    }

    List<BuiltImage> images() {
        return images;
    }

    /** Keeps what runs in the place of this node, be it the node's own or the control plane's. */
    Components components() {
        return components;
    }

    List<Component> all() {
        return List.of(node.containerd(), node.proxy(), node.kubelet());
    }

    boolean runs() {
        return components.run(all()) && place.exists();
    }

    void makePlace() throws IOException {
        new ClusterPki(layout.cluster(), Clock.systemUTC()).require(layout);
        place.ensure();
        new Kubeconfigs(layout.cluster()).write(layout);
        config.write();
    }

    void startContainerd() throws IOException {
        components.ensure(node.containerd());
    }

    /** Returns how many images were not there yet. */
    int addImages() throws IOException {
        components.await(node.containerd(), store::answers);
        return store.add(images);
    }

    void startRest() throws IOException {
        if (!components.runs(node.proxy())) {
            place.network().forgetProxyRules();
        }
        components.ensure(node.proxy());
        components.ensure(node.kubelet());
    }

    void awaitReady(KubernetesClient client) {
        components.await(node.kubelet(), new NodeObject(client, id())::ready);
        components.refuseEnded(all());
    }
}
