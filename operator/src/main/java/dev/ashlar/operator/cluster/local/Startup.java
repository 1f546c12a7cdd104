package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.control.ApiServer;
import dev.ashlar.operator.cluster.control.AuditPolicy;
import dev.ashlar.operator.cluster.control.ClusterPki;
import dev.ashlar.operator.cluster.control.ControlPlane;
import dev.ashlar.operator.cluster.control.Forward;
import dev.ashlar.operator.cluster.control.Kubeconfigs;
import dev.ashlar.operator.cluster.machine.Component;
import dev.ashlar.operator.cluster.machine.Components;
import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.machine.Invoker;
import dev.ashlar.operator.cluster.machine.State;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.NodeObject;
import dev.ashlar.operator.cluster.node.Programs;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The control plane and the node beside it, brought up or repaired: every step first looks whether there is anything to do. */
final class Startup {
    private static final int REGISTRY_USER = 65532;

    private final Layout layout;
    private final StateFile state;
    private final LocalNode node;
    private final Components components;
    private final ControlPlane controlPlane;
    private final Component forward;

    Startup(Layout layout, Programs programs, StateFile state, LocalNode first) {
        this.layout = layout;
        this.state = state;
        this.node = first;
        this.components = first.components();
        this.controlPlane = new ControlPlane(layout, programs);
        this.forward = new Forward(layout, programs).component();
    }

    /** Returns false when there was nothing to do. */
    boolean run(Progress progress) throws IOException {
        if (components.run(all()) && node.place().exists()) {
            return node.addImages() > 0;
        }
        prepare(progress.start("network, mounts, certificates"));
        startApi(progress.start("etcd and API server"));
        startRuntime(progress.start("containerd"));
        startRest(progress.start("controllers, proxy, kubelet"));
        return true;
    }

    /** In the order in which they need one another. */
    private List<Component> all() {
        var all = new ArrayList<>(List.of(
                controlPlane.etcd(),
                controlPlane.apiServer(),
                controlPlane.controllerManager(),
                controlPlane.scheduler()));
        all.addAll(node.all());
        all.add(forward);
        return all;
    }

    private void prepare(Progress.Step step) throws IOException {
        if (components.running(forward.name()).isEmpty()) {
            Forward.refuseTakenPorts();
        }
        node.place().endWhatIsCutOff();
        components.endOutdated(all());
        Files.createDirectories(layout.root());
        state.update(State::inThisBoot);
        makeRegistryFolder();
        rememberHost();
        node.place().mounts().makeMountPoints();
        new ClusterPki(layout, Clock.systemUTC()).ensure();
        new Kubeconfigs(layout).write();
        new AuditPolicy(layout).write();
        node.makePlace();
        step.done("ready");
    }

    /** Before anything is changed, so that a crash in between loses track of nothing. */
    private void rememberHost() throws IOException {
        State before = state.read();
        var settings = before.settings().isEmpty() ? HostSettings.read() : before.settings();
        var folders = new ArrayList<>(before.folders());
        folders.addAll(node.place().mounts().missingMountPoints());
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
        node.startContainerd();
        try (KubernetesClient client = Connection.open(layout.kubeconfig())) {
            var api = new ApiServer(client);
            components.await(controlPlane.apiServer(), api::ready);
            api.prepare();
            new NodeObject(client, node.id()).ensure();
        }
        step.done("answer at " + Addresses.API);
    }

    private void startRuntime(Progress.Step step) throws IOException {
        int added = node.addImages();
        step.done("runs, %d of %d images put in".formatted(added, node.images().size()));
    }

    private void startRest(Progress.Step step) throws IOException {
        components.ensure(controlPlane.controllerManager());
        components.ensure(controlPlane.scheduler());
        node.startRest();
        components.ensure(forward);
        try (KubernetesClient client = Connection.open(layout.kubeconfig())) {
            node.awaitReady(client);
        }
        components.refuseEnded(all());
        step.done("the node is Ready");
    }
}
