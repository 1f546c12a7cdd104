package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class SopsIT {
    private static final String PLAIN = "password: mortar\n";
    private final Pods pods;

    SopsIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void decryptsWhatItEncryptedForAnAgeKey() throws Exception {
        String identity = pods.run(Workload.of("sops").command("/age-keygen")).log();
        String secret = line(identity, "AGE-SECRET-KEY-");
        String recipient = line(identity, "# public key: ").substring("# public key: ".length());

        var encrypted = pods.run(Workload.of("sops")
                .args("encrypt", "--age", recipient, "/work/plain.yaml")
                .file("/work/plain.yaml", PLAIN));
        assertThat(encrypted.log())
                .contains("password: ENC[AES256_GCM", recipient)
                .doesNotContain("mortar");

        Workload decrypt =
                Workload.of("sops").args("decrypt", "/work/secret.yaml").file("/work/secret.yaml", encrypted.log());
        assertThat(pods.run(decrypt.env("SOPS_AGE_KEY", secret))).isEqualTo(new Pods.Finished(0, PLAIN));
        assertThat(pods.run(decrypt).code()).isEqualTo(128); // no identity matches
    }

    private static String line(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }
}
