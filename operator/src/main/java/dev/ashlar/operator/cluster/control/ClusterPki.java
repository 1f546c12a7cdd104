package dev.ashlar.operator.cluster.control;

import dev.ashlar.images.host.Folders;
import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.NodeId;
import dev.ashlar.operator.cluster.node.NodeLayout;
import dev.ashlar.operator.cluster.pki.Authority;
import dev.ashlar.operator.cluster.pki.Identity;
import dev.ashlar.operator.cluster.pki.Pem;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;

/**
 * The cluster's certificates: three authorities that trust nothing of one another (for the API, for etcd, for the API's
 * front proxy) and one credential for each component. The authorities' keys are forgotten once all is issued.
 */
public final class ClusterPki {
    public static final String ADMIN = "admin";
    public static final String KUBELET_CLIENTS = "ashlar:kubelet-clients";
    public static final String FRONT_PROXY_CLIENT = "front-proxy-client";

    private final Layout layout;
    private final Clock clock;

    public ClusterPki(Layout layout, Clock clock) {
        this.layout = layout;
        this.clock = clock;
    }

    /** Makes all of it unless it is there; the folder appears whole or not at all. */
    public void ensure() throws IOException {
        if (Files.isDirectory(layout.pki())) {
            return;
        }
        Path draft = layout.pki().resolveSibling("pki.new");
        Folders.delete(draft);
        HostFiles.createPrivate(draft);
        forTheApi(draft);
        forEtcd(draft);
        forTheFrontProxy(draft);
        Pem.save(draft.resolve("service-account.key"), Authority.newKeys().getPrivate());
        Files.move(draft, layout.pki(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Fails when the cluster was made before there could be such a node. */
    public void require(NodeLayout node) {
        if (!Files.exists(layout.certificate(node.credential("kubelet")))) {
            throw new Failure(
                    "the certificates of this cluster know no node %s; make it anew: `make down`, then `make up NODES=%d`"
                            .formatted(node.id().name(), node.id().number()));
        }
    }

    private void forTheApi(Path folder) {
        Authority authority = authority(folder, "ca", "ashlar");
        String service = "kubernetes.default.svc";
        authority
                .issue(Identity.server(
                        "kube-apiserver",
                        Addresses.API_SERVICE,
                        Addresses.CONTROL_PLANE,
                        "127.0.0.1",
                        "localhost",
                        "kubernetes",
                        "kubernetes.default",
                        service,
                        service + ".cluster.local"))
                .save(folder, "apiserver");
        // ApiServer binds this group to the kubelet API.
        authority
                .issue(Identity.client("kube-apiserver-kubelet-client", KUBELET_CLIENTS))
                .save(folder, "apiserver-kubelet-client");
        client(authority, folder, ADMIN, Identity.client("ashlar-admin", "system:masters"));
        client(authority, folder, "controller-manager", Identity.client("system:kube-controller-manager"));
        client(authority, folder, "scheduler", Identity.client("system:kube-scheduler"));
        client(authority, folder, "proxy", Identity.client("system:kube-proxy"));
        NodeId.firstOf(NodeId.MOST).forEach(id -> forNode(authority, folder, layout.node(id)));
    }

    /** Also for nodes that may join later, since nobody can issue anything by then. */
    private void forNode(Authority authority, Path folder, NodeLayout node) {
        NodeId id = node.id();
        authority
                .issue(Identity.server("kubelet", id.name(), id.address()))
                .save(folder, node.credential("kubelet-server"));
        client(
                authority,
                folder,
                node.credential("kubelet"),
                Identity.client("system:node:" + id.name(), "system:nodes"));
    }

    private void forEtcd(Path folder) {
        Authority authority = authority(folder, "etcd-ca", "ashlar-etcd");
        authority.issue(Identity.server("etcd", "127.0.0.1", "localhost")).save(folder, "etcd");
        authority.issue(Identity.client("kube-apiserver-etcd-client")).save(folder, "apiserver-etcd-client");
    }

    private void forTheFrontProxy(Path folder) {
        authority(folder, "front-proxy-ca", "ashlar-front-proxy")
                .issue(Identity.client(FRONT_PROXY_CLIENT))
                .save(folder, FRONT_PROXY_CLIENT);
    }

    private void client(Authority authority, Path folder, String name, Identity identity) {
        authority.issue(identity).save(folder, name);
    }

    private Authority authority(Path folder, String file, String name) {
        Authority authority = Authority.create(name, clock);
        Pem.save(folder.resolve(file + ".crt"), authority.credential().certificate());
        return authority;
    }
}
