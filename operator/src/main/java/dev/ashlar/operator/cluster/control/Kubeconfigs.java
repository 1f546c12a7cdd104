package dev.ashlar.operator.cluster.control;

import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.machine.Invoker;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.NodeLayout;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Writes a kubeconfig for each component and the one for people, each with a credential of its own. */
public final class Kubeconfigs {
    private static final String CONTEXT = "ashlar";

    private final Layout layout;

    public Kubeconfigs(Layout layout) {
        this.layout = layout;
    }

    public void write() throws IOException {
        for (String component : List.of("controller-manager", "scheduler", "proxy")) {
            save(layout.kubeconfig(component), component);
        }
        save(layout.kubeconfig(), ClusterPki.ADMIN);
        Invoker.own(layout.kubeconfig());
    }

    public void write(NodeLayout node) throws IOException {
        String kubelet = node.credential("kubelet");
        save(layout.kubeconfig(kubelet), kubelet);
    }

    private void save(Path file, String user) throws IOException {
        HostFiles.write(file, Serialization.asYaml(kubeconfig(user)), "rw-------");
    }

    private Config kubeconfig(String user) throws IOException {
        return new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withCurrentContext(CONTEXT)
                .addNewCluster()
                .withName(CONTEXT)
                .withNewCluster()
                .withServer(Addresses.API)
                .withCertificateAuthorityData(base64(layout.certificate("ca")))
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(user)
                .withNewUser()
                .withClientCertificateData(base64(layout.certificate(user)))
                .withClientKeyData(base64(layout.key(user)))
                .endUser()
                .endUser()
                .addNewContext()
                .withName(CONTEXT)
                .withNewContext()
                .withCluster(CONTEXT)
                .withUser(user)
                .endContext()
                .endContext()
                .build();
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
