package dev.ashlar.operator.cluster.control;

import dev.ashlar.operator.cluster.machine.Component;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The control plane's components and their flags. */
public final class ControlPlane {
    private final Layout layout;
    private final Programs programs;

    public ControlPlane(Layout layout, Programs programs) {
        this.layout = layout;
        this.programs = programs;
    }

    public Component etcd() {
        return Component.onNode(
                "etcd",
                List.of(
                        programs.folder("etcd").resolve("etcd").toString(),
                        "--name=ashlar",
                        "--data-dir=" + layout.data("etcd"),
                        "--listen-client-urls=https://127.0.0.1:2379",
                        "--advertise-client-urls=https://127.0.0.1:2379",
                        "--listen-peer-urls=https://127.0.0.1:2380",
                        "--initial-advertise-peer-urls=https://127.0.0.1:2380",
                        "--initial-cluster=ashlar=https://127.0.0.1:2380",
                        "--client-cert-auth",
                        "--trusted-ca-file=" + layout.certificate("etcd-ca"),
                        "--cert-file=" + layout.certificate("etcd"),
                        "--key-file=" + layout.key("etcd"),
                        "--peer-client-cert-auth",
                        "--peer-trusted-ca-file=" + layout.certificate("etcd-ca"),
                        "--peer-cert-file=" + layout.certificate("etcd"),
                        "--peer-key-file=" + layout.key("etcd"),
                        "--log-level=warn",
                        // A development cluster that is made anew in seconds: a power cut may cost its state, and in
                        // return a laptop's disk is not synced at each write. Not for a cluster that is to last.
                        "--unsafe-no-fsync"));
    }

    public Component apiServer() {
        Stream<String> command = Stream.of(
                kubernetes("kube-apiserver"),
                "--advertise-address=" + Addresses.CONTROL_PLANE,
                "--secure-port=6443",
                "--service-cluster-ip-range=" + Addresses.SERVICES,
                "--etcd-servers=https://127.0.0.1:2379",
                "--etcd-cafile=" + layout.certificate("etcd-ca"),
                "--etcd-certfile=" + layout.certificate("apiserver-etcd-client"),
                "--etcd-keyfile=" + layout.key("apiserver-etcd-client"),
                "--tls-cert-file=" + layout.certificate("apiserver"),
                "--tls-private-key-file=" + layout.key("apiserver"),
                "--client-ca-file=" + layout.certificate("ca"),
                "--anonymous-auth=false",
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--kubelet-certificate-authority=" + layout.certificate("ca"),
                "--kubelet-client-certificate=" + layout.certificate("apiserver-kubelet-client"),
                "--kubelet-client-key=" + layout.key("apiserver-kubelet-client"),
                "--kubelet-preferred-address-types=InternalIP",
                "--requestheader-client-ca-file=" + layout.certificate("front-proxy-ca"),
                "--requestheader-allowed-names=" + ClusterPki.FRONT_PROXY_CLIENT,
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=" + layout.certificate(ClusterPki.FRONT_PROXY_CLIENT),
                "--proxy-client-key-file=" + layout.key(ClusterPki.FRONT_PROXY_CLIENT),
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-key-file=" + layout.key("service-account"),
                "--service-account-signing-key-file=" + layout.key("service-account"),
                // As kubeadm and K3s: what a namespace may run is decided by Pod Security, not for all of them.
                "--allow-privileged=true",
                // On by itself from 1.35 on; with it, what is said of images in pods is said of these too.
                "--feature-gates=ImageVolume=true",
                "--profiling=false");
        return Component.onNode(
                "apiserver",
                Stream.concat(command, new AuditPolicy(layout).flags().stream()).toList());
    }

    public Component controllerManager() {
        return controller(
                "controller-manager",
                "--use-service-account-credentials",
                "--service-account-private-key-file=" + layout.key("service-account"),
                "--root-ca-file=" + layout.certificate("ca"),
                // The registry's pod waits for its claim, and the default would let it wait for 15 s.
                "--pvclaimbinder-sync-period=1s",
                "--flex-volume-plugin-dir=" + layout.data("flex-volumes"));
    }

    public Component scheduler() {
        return controller("scheduler");
    }

    /** One that follows the API by a credential of its own, which is also how it asks who its own clients are. */
    private Component controller(String name, String... options) {
        Path kubeconfig = layout.kubeconfig(name);
        Stream<String> shared = Stream.of(
                kubernetes("kube-" + name),
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--bind-address=127.0.0.1",
                // The only one: an election would cost a write every two seconds and, after a restart, 15 s.
                "--leader-elect=false",
                "--profiling=false");
        return Component.onNode(name, Stream.concat(shared, Stream.of(options)).toList());
    }

    private String kubernetes(String program) {
        return programs.folder("kubernetes").resolve(program).toString();
    }
}
