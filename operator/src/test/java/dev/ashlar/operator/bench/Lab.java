package dev.ashlar.operator.bench;

import dev.ashlar.images.Checkout;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.connection.Kubeconfig;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where it is measured: the local cluster, with its own operator at rest.
 *
 * @param folder for logs and files of the measurement
 * @param kubeconfig with the rights of the operator's ServiceAccount
 * @param image the content of the Sites, as NAME@DIGEST
 * @param other another one
 */
record Lab(
        Path checkout,
        Path folder,
        Path kubeconfig,
        KubernetesClient client,
        Api api,
        Sites sites,
        String image,
        String other)
        implements AutoCloseable {
    private static final String SYSTEM = "ashlar-system";
    private static final String OPERATOR = "operator";
    private static final String PREFIX = "bench-";
    private static final long HOURS_OF_TOKEN = 2;

    static Lab open() throws Exception {
        Path checkout = Checkout.find().root();
        Path folder = Files.createDirectories(checkout.resolve("target/bench"));
        Path admin = Path.of(Kubeconfig.value());
        Config config = Config.fromKubeconfig(admin.toFile());
        KubernetesClient client = Connection.open(admin);
        Path kubeconfig = folder.resolve("kubeconfig");
        String image = TestImages.push(client, "git-doc");
        String other = TestImages.push(client, "developers-reference");
        Lab lab = new Lab(checkout, folder, kubeconfig, client, Api.of(config), Sites.read(image), image, other);
        lab.writeKubeconfig(config);
        lab.writeRegistry();
        lab.scaleOperator(0);
        client.namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .filter(name -> name.startsWith(PREFIX))
                .forEach(lab::delete);
        return lab;
    }

    /** With more options of the virtual machine; those of the property {@code operator.options} are for looking into it. */
    Running startOperator(String... options) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(options));
        Stream.of(System.getProperty("operator.options", "").split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(all::add);
        return Running.start(Program.operator(checkout, kubeconfig, folder, all), folder);
    }

    Running startTwin() throws IOException, InterruptedException {
        return Running.start(Program.twin(folder.resolve("twin"), kubeconfig), folder);
    }

    /** A namespace for one measurement, with the whole name. */
    String namespace(String purpose) {
        String name = PREFIX + purpose;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Returns when nothing is left of it. */
    void delete(String namespace) {
        client.namespaces().withName(namespace).delete();
        client.namespaces().withName(namespace).waitUntilCondition(found -> found == null, 10, TimeUnit.MINUTES);
    }

    /** Sites {@code from} to {@code to}, the last one not among them, by a client that is not what is waited for. */
    void applySites(String namespace, int from, int to) throws Exception {
        Load.run(from, to, i -> {
            var site = sites.site(namespace, Sites.name(i));
            api.apply(site.path(), site.body());
        });
    }

    /** What the operator's pod has of the registry: its name, its certificate and how to log in. */
    private void writeRegistry() throws IOException {
        String address = client.services()
                .inNamespace(SYSTEM)
                .withName("registry")
                .require()
                .getSpec()
                .getClusterIP();
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n" + address + " registry.ashlar-system.svc\n");
        copySecret("registry-tls", "ca.crt");
        copySecret("registry-credentials", "username", "password");
    }

    private void copySecret(String name, String... files) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        var data = client.secrets().inNamespace(SYSTEM).withName(name).require().getData();
        for (String file : files) {
            Files.write(to.resolve(file), Base64.getDecoder().decode(data.get(file)));
        }
    }

    private void scaleOperator(int replicas) {
        client.apps().deployments().inNamespace(SYSTEM).withName(OPERATOR).scale(replicas);
    }

    private void writeKubeconfig(Config admin) throws IOException {
        var config = new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withCurrentContext(OPERATOR)
                .addNewCluster()
                .withName(OPERATOR)
                .withNewCluster()
                .withServer(admin.getMasterUrl())
                .withCertificateAuthorityData(admin.getCaCertData())
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(OPERATOR)
                .withNewUser()
                .withToken(token())
                .endUser()
                .endUser()
                .addNewContext()
                .withName(OPERATOR)
                .withNewContext()
                .withCluster(OPERATOR)
                .withUser(OPERATOR)
                .endContext()
                .endContext()
                .build();
        Files.writeString(kubeconfig, Serialization.asYaml(config));
    }

    private String token() {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TimeUnit.HOURS.toSeconds(HOURS_OF_TOKEN))
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(SYSTEM)
                .withName(OPERATOR)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    /** The cluster's own operator works again. */
    @Override
    public void close() {
        scaleOperator(1);
        api.close();
        client.close();
    }
}
