package dev.ashlar.operator.route.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.kube.Outcome;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class SiteCertificateTest {
    private static final Parent PARENT = new Parent("infra", "web");

    @Test
    void namesTheSecretOnceItIsThere() {
        assertThat(
                        judge(
                                "{notAfter: \"2026-04-01T00:00:00Z\", conditions: [{type: Ready, status: \"True\", observedGeneration: 1}]}"))
                .isEqualTo(
                        new Outcome.Done(
                                "The certificate is in Secret shop-tls, for a listener of Gateway infra/web to name, until 2026-04-01T00:00:00Z."));
    }

    @Test
    void saysWhyItIsNot() {
        assertThat(judge(
                                "{conditions: [{type: Issuing, status: \"False\", reason: Failed, message: no such domain, observedGeneration: 1}]}")
                        .message())
                .endsWith("tries again by itself: no such domain");
        assertThat(judge("{}").message()).startsWith("Certificate shop-tls is asked for");
        assertThat(judge("{conditions: [{type: Ready, status: \"True\", observedGeneration: 0}]}")
                        .message())
                .startsWith("Certificate shop-tls is asked for");
    }

    private static Outcome judge(String status) {
        Certificate live = new KubernetesSerialization().unmarshal("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: shop-tls, namespace: web, generation: 1}
                status: %s
                """.formatted(status), Certificate.class);
        return SiteCertificate.judge(live, PARENT);
    }
}
