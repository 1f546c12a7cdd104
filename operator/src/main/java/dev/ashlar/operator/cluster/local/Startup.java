package dev.ashlar.operator.cluster.local;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.cluster.machine.Cgroup;
import dev.ashlar.operator.cluster.machine.Component;
import dev.ashlar.operator.cluster.machine.Components;
import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.machine.Invoker;
import dev.ashlar.operator.cluster.machine.Launcher;
import dev.ashlar.operator.cluster.machine.Mount;
import dev.ashlar.operator.cluster.machine.State;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.ApiServer;
import dev.ashlar.operator.cluster.node.ClusterPki;
import dev.ashlar.operator.cluster.node.ControlPlane;
import dev.ashlar.operator.cluster.node.Forward;
import dev.ashlar.operator.cluster.node.ImageStore;
import dev.ashlar.operator.cluster.node.Kubeconfigs;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.Node;
import dev.ashlar.operator.cluster.node.NodeConfig;
import dev.ashlar.operator.cluster.node.Programs;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of {@code ashlar cluster up}: every step first looks whether there is anything to do. */
final class Startup {
    private static final int REGISTRY_USER = 65532;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Layout layout;
    private final Programs programs;
    private final StateFile state;
    private final List<BuiltImage> images;
    private final NodeConfig config;
    private final Node node;
    private final ControlPlane controlPlane;
    private final Component forward;
    private final Network network;
    private final MountNamespace mounts;
    private final Components components;
    private final Cgroup cgroup = new Cgroup(Mount.all());

    Startup(Layout layout, Programs programs, StateFile state, List<BuiltImage> images) {
        this.layout = layout;
        this.programs = programs;
        this.state = state;
        this.images = images;
        this.config = new NodeConfig(layout, programs, ImageStore.reference(images.getFirst()));
        this.node = new Node(layout, programs, config);
        this.controlPlane = new ControlPlane(layout, programs);
        this.forward = new Forward(layout, programs).component();
        this.network =
                new Network(layout.networkNamespace(), programs.folder("nft").resolve("ip"));
        this.mounts = new MountNamespace(layout);
        this.components = new Components(
                state, new Launcher(layout.logs(), layout.networkNamespace(), layout.mountNamespace(), cgroup));
    }

    /** Returns false when there was nothing to do. */
    boolean run(Progress progress) throws IOException {
        if (components.run(all()) && network.exists() && mounts.exists()) {
            return new ImageStore(layout, programs).add(images) > 0;
        }
        prepare(progress.start("network, mounts, certificates"));
        startApi(progress.start("etcd and API server"));
        startRuntime(progress.start("containerd"));
        startRest(progress.start("controllers, proxy, kubelet"));
        return true;
    }

    private List<Component> all() {
        return List.of(
                controlPlane.etcd(),
                controlPlane.apiServer(),
                node.containerd(),
                controlPlane.controllerManager(),
                controlPlane.scheduler(),
                node.proxy(),
                node.kubelet(),
                forward);
    }

    private void prepare(Progress.Step step) throws IOException {
        if (components.running(forward.name()).isEmpty()) {
            Forward.refuseTakenPorts();
        }
        endWhatIsCutOff();
        components.endOutdated(all());
        Files.createDirectories(layout.root());
        state.update(State::inThisBoot);
        makeRegistryFolder();
        rememberHost();
        mounts.makeMountPoints();
        cgroup.create();
        network.ensure();
        mounts.ensure();
        new ClusterPki(layout, Clock.systemUTC()).ensure();
        new Kubeconfigs(layout).write();
        config.write();
        step.done("ready");
    }

    /** What runs in namespaces that are no longer there, or no longer whole, leads nowhere, and pods do so for good. */
    private void endWhatIsCutOff() throws IOException {
        if ((!network.exists() || !mounts.exists()) && !cgroup.kill(LIMIT)) {
            throw new Failure("the processes %s of the cluster do not end; run `ashlar cluster down`, then up"
                    .formatted(cgroup.processes()));
        }
    }

    /** Before anything is changed, so that a crash in between loses track of nothing. */
    private void rememberHost() throws IOException {
        State before = state.read();
        var settings = before.settings().isEmpty() ? HostSettings.read() : before.settings();
        var folders = new ArrayList<>(before.folders());
        folders.addAll(mounts.missingMountPoints());
        state.update(current -> current.withHost(settings, folders));
    }

    private void makeRegistryFolder() throws IOException {
        if (!Files.isDirectory(layout.registry())) {
            HostFiles.createPrivate(layout.registry());
        }
        Invoker.own(layout.registry(), REGISTRY_USER, REGISTRY_USER);
    }

    private void startApi(Progress.Step step) throws IOException {
        components.ensure(controlPlane.etcd());
        components.ensure(controlPlane.apiServer());
        components.ensure(node.containerd());
        try (KubernetesClient client = Connection.open(layout.kubeconfig())) {
            var api = new ApiServer(client);
            components.await(controlPlane.apiServer(), api::ready);
            api.prepare();
        }
        step.done("answer at " + Addresses.API);
    }

    private void startRuntime(Progress.Step step) throws IOException {
        var store = new ImageStore(layout, programs);
        components.await(node.containerd(), store::answers);
        int added = store.add(images);
        step.done("runs, %d of %d images put in".formatted(added, images.size()));
    }

    private void startRest(Progress.Step step) throws IOException {
        if (!components.runs(node.proxy())) {
            network.forgetProxyRules();
        }
        for (Component component : all()) {
            components.ensure(component);
        }
        try (KubernetesClient client = Connection.open(layout.kubeconfig())) {
            components.await(node.kubelet(), new ApiServer(client)::nodeReady);
        }
        components.refuseEnded(all());
        step.done("the node is Ready");
    }
}
