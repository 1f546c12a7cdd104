package dev.ashlar.operator.route.standard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.images.Checkout;
import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Kinds of other projects, out of their Go modules, which {@code go.sum} locks. */
record ClusterKinds(KubernetesClient client) {
    private static final String MODULES = "operator/src/test/go/cluster-kinds";
    private static final int PATIENCE = 30;

    /** The standard channel of the Gateway API. */
    void installGatewayApi() throws IOException, InterruptedException {
        Path folder = module("sigs.k8s.io/gateway-api").resolve("config/crd/standard");
        install(folder.resolve("gateway.networking.k8s.io_httproutes.yaml"));
    }

    void installCertManager() throws IOException, InterruptedException {
        install(module("github.com/cert-manager/cert-manager")
                .resolve("deploy/crds/cert-manager.io_certificates.yaml"));
    }

    private void install(Path file) throws IOException {
        var kind =
                client.getKubernetesSerialization().unmarshal(Files.readString(file), CustomResourceDefinition.class);
        client.resource(kind).fieldManager(Labels.MANAGER).forceConflicts().serverSideApply();
        client.resource(kind)
                .waitUntilCondition(
                        live -> Stream.ofNullable(live.getStatus())
                                .flatMap(status -> Stream.ofNullable(status.getConditions()))
                                .flatMap(List::stream)
                                .anyMatch(condition -> condition.getType().equals("Established")
                                        && condition.getStatus().equals("True")),
                        PATIENCE,
                        SECONDS);
    }

    /** The folder of a module as it was downloaded, and found to be the one that is locked. */
    private static Path module(String name) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("go", "mod", "download", "-json", name);
        builder.directory(Checkout.find().root().resolve(MODULES).toFile());
        builder.environment().merge("PATH", "/usr/local/go/bin", (path, go) -> path + ":" + go);
        Process process = builder.redirectErrorStream(true).start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(new String(output, UTF_8)).isZero();
        return Path.of(new ObjectMapper().readTree(output).path("Dir").asText());
    }
}
