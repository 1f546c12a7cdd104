package dev.ashlar.operator.cluster.local;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Brings the local cluster up, repairs it and ends it; every step first looks whether there is anything to do. */
public final class LocalCluster {
    private static final int REGISTRY_USER = 65532;

    private final Layout layout;
    private final Holder self;
    private final Programs programs;
    private final Progress progress;
    private final StateFile state;
    private final Components components;
    private final ControlPlane controlPlane;
    private final Node node;
    private final Forward forward;

    public LocalCluster(Path checkout, Path cache, Programs programs, Progress progress) {
        this.layout = Layout.in(cache);
        this.self = new Holder(checkout.toString(), cache.toString());
        this.programs = programs;
        this.progress = progress;
        this.state = new StateFile(layout.state());
        this.components = new Components(state, self.checkout(), new Launcher(layout, new Cgroup(Mount.all())));
        this.controlPlane = new ControlPlane(layout, programs);
        this.node = new Node(layout, programs);
        this.forward = new Forward(layout, programs);
    }

    public Path kubeconfig() {
        return layout.kubeconfig();
    }

    /** What containerd and the kubelet know an image of ours by. */
    public static String reference(BuiltImage image) {
        return ImageStore.reference(image);
    }

    /** What comes onto the cluster once its node is Ready. */
    @FunctionalInterface
    public interface Installation {
        /** Installs it; {@code changed} is false when everything ran already. */
        void run(boolean changed) throws IOException;
    }

    /**
     * Starts or repairs what is missing, up to a Ready node with the images, then has the rest installed.
     *
     * @param images the ones that cannot be pulled; the first is pause
     */
    public void up(List<BuiltImage> images, Installation installation) throws IOException {
        requireRoot();
        try (var lock = RangeLock.take(layout.run(), progress)) {
            new Occupancy(layout, self, ip()).take(progress);
            installation.run(repair(images));
        }
    }

    private boolean repair(List<BuiltImage> images) throws IOException {
        if (components.run(all()) && network().exists() && mounts().exists()) {
            return new ImageStore(layout, programs).add(images) > 0;
        }
        Progress.Step step = progress.start("network, mounts, certificates");
        prepare(images.getFirst());
        step.done("ready");
        startApi();
        startRuntime(images);
        startRest();
        return true;
    }

    /** What the objects were made from that were applied last; empty on a new cluster. */
    public String applied() {
        return state.read().map(State::applied).orElse("");
    }

    public void applied(String fingerprint) {
        state.update(self.checkout(), current -> current.withApplied(fingerprint));
    }

    /** Ends and removes everything but what the registry holds. */
    public void down() throws IOException {
        requireRoot();
        try (var lock = RangeLock.take(layout.run(), progress)) {
            Progress.Step step = progress.start("local cluster");
            new Occupancy(layout, self, ip()).take(progress);
            new Teardown(layout, ip()).run();
            step.done("down; the registry's content stays in " + layout.registry());
        }
    }

    private void prepare(BuiltImage pause) throws IOException {
        if (components.running(forward.component().name()).isEmpty()) {
            Forward.refuseTakenPorts();
        }
        components.endOutdated(all());
        Files.createDirectories(layout.root());
        state.update(self.checkout(), State::inThisBoot);
        makeRegistryFolder();
        rememberHost();
        new Cgroup(Mount.all()).create();
        network().ensure();
        mounts().ensure();
        new ClusterPki(layout, Clock.systemUTC()).ensure();
        new Kubeconfigs(layout).write();
        new NodeConfig(layout, programs).write(reference(pause));
    }

    private void rememberHost() throws IOException {
        State before = state.read().orElseThrow();
        var settings = before.settings().isEmpty() ? HostSettings.read() : before.settings();
        var folders = new ArrayList<>(before.folders());
        folders.addAll(mounts().makeMountPoints());
        state.update(self.checkout(), current -> current.withHost(settings, folders));
    }

    private void makeRegistryFolder() throws IOException {
        if (!Files.isDirectory(layout.registry())) {
            Folders.createPrivate(layout.registry());
            Invoker.own(layout.registry(), REGISTRY_USER, REGISTRY_USER);
        }
    }

    private void startApi() throws IOException {
        Progress.Step step = progress.start("etcd and API server");
        components.ensure(controlPlane.etcd());
        components.ensure(controlPlane.apiServer());
        components.ensure(node.containerd());
        try (KubernetesClient client = ApiServer.connect(layout.kubeconfig())) {
            var api = new ApiServer(client);
            components.await(controlPlane.apiServer(), api::ready);
            api.prepare();
        }
        step.done("answer at " + Addresses.API);
    }

    private void startRuntime(List<BuiltImage> images) throws IOException {
        Progress.Step step = progress.start("containerd");
        var store = new ImageStore(layout, programs);
        components.await(node.containerd(), store::answers);
        int added = store.add(images);
        step.done("runs, %d of %d images put in".formatted(added, images.size()));
    }

    private void startRest() throws IOException {
        Progress.Step step = progress.start("controllers, proxy, kubelet");
        if (!components.runs(node.proxy())) {
            network().forgetProxyRules();
        }
        for (Component component : all()) {
            components.ensure(component);
        }
        try (KubernetesClient client = ApiServer.connect(layout.kubeconfig())) {
            components.await(node.kubelet(), new ApiServer(client)::nodeReady);
        }
        components.refuseEnded(all());
        step.done("the node is Ready");
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
                forward.component());
    }

    private Network network() {
        return new Network(layout.networkNamespace(), ip());
    }

    private MountNamespace mounts() {
        return new MountNamespace(layout);
    }

    private Path ip() {
        return programs.folder("nft").resolve("ip");
    }

    private static void requireRoot() {
        if (!Invoker.isRoot()) {
            throw new Failure("the local cluster needs root for namespaces, mounts and control groups: sudo make up");
        }
    }
}
