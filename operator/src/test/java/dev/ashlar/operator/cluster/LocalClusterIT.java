package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ashlar.images.Checkout;
import dev.ashlar.operator.cluster.local.ComponentStatus;
import dev.ashlar.operator.cluster.local.LocalStatus;
import dev.ashlar.operator.cluster.machine.Invoker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What only the local cluster promises: that it mends itself, leaves alone what runs, and lets nobody in without a name. */
@ExtendWith(ClusterExtension.class)
class LocalClusterIT {
    @BeforeEach
    void onlyHere(KubernetesClient cluster) {
        LocalOnly.assume();
    }

    @Test
    void leavesEveryProcessAloneWhenAllRun() {
        assumeThat(Invoker.isRoot()).isTrue();
        Map<String, Long> before = processes();
        assertThat(up()).isZero();
        assertThat(processes()).isEqualTo(before);
    }

    @Test
    void startsWhatWasKilledAndNothingElse() {
        assumeThat(Invoker.isRoot()).isTrue();
        // Nothing is killed that cannot be started again: the cluster may be another checkout's.
        assertThat(up()).isZero();
        Map<String, Long> before = processes();
        long scheduler = Objects.requireNonNull(before.remove("scheduler"));
        ProcessHandle.of(scheduler).orElseThrow().destroyForcibly();
        assertThat(up()).isZero();
        Map<String, Long> after = processes();
        assertThat(after.remove("scheduler")).isNotEqualTo(scheduler);
        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://198.18.0.2:6443/api",
                "https://198.18.0.2:6443/api/v1/namespaces/kube-system/secrets",
                "https://198.18.0.2:6443/metrics",
                "https://198.18.0.2:10250/pods",
                "https://198.18.0.2:10250/metrics"
            })
    void refusesWhoeverHasNoCredential(String uri, KubernetesClient client) throws Exception {
        try (var http = HttpClient.newBuilder().sslContext(trust(client)).build()) {
            var request = HttpRequest.newBuilder(URI.create(uri)).build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void keepsTheKubeconfigForItsOwner() throws Exception {
        Path kubeconfig = LocalStatus.in(Checkout.findCache()).kubeconfig();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig)))
                .isEqualTo("rw-------");
    }

    private static int up() {
        return new CommandLine(new UpCommand()).execute();
    }

    private static Map<String, Long> processes() {
        return LocalStatus.in(Checkout.findCache()).components().stream()
                .filter(ComponentStatus::runs)
                .collect(Collectors.toMap(ComponentStatus::name, ComponentStatus::pid));
    }

    /** The certificate is checked like everybody's: only the credential is missing. */
    private static SSLContext trust(KubernetesClient client) throws Exception {
        byte[] pem = Base64.getDecoder().decode(client.getConfiguration().getCaCertData());
        return TestTrust.only(pem);
    }
}
