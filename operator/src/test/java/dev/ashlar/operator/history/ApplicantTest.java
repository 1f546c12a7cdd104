package dev.ashlar.operator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** Who applied what runs. */
class ApplicantTest {
    @Test
    void isWhoSetWhatRunsLastAndNotWhoSteersIt() {
        Service service = with("""
                - {manager: kubectl, time: "2026-01-01T08:00:00Z", fieldsV1: {"f:spec": {"f:image": {}}}}
                - {manager: argo, time: "2026-01-02T08:00:00Z", fieldsV1: {"f:spec": {".": {}, "f:image": {}, "f:rollbackTo": {}}}}
                - {manager: ashlar-rollback, time: "2026-01-03T08:00:00Z", fieldsV1: {"f:spec": {"f:rollbackTo": {}}}}
                - {manager: ashlar, time: "2026-01-04T08:00:00Z", subresource: status, fieldsV1: {"f:status": {}}}
                - {manager: labeller, time: "2026-01-05T08:00:00Z", fieldsV1: {"f:metadata": {"f:labels": {}}}}
                """);
        assertThat(Applicant.of(service)).contains(new Applicant("argo", "2026-01-02T08:00:00Z"));
        assertThat(Applicant.isScaled(service)).isFalse();
    }

    @Test
    void knowsWhetherTheNumberOfPodsIsAScalers() {
        Service service = with("""
                - {manager: kubectl, time: "2026-01-01T08:00:00Z", fieldsV1: {"f:spec": {"f:image": {}}}}
                - {manager: autoscaler, time: "2026-01-02T08:00:00Z", subresource: scale, fieldsV1: {"f:spec": {"f:replicas": {}}}}
                """);
        assertThat(Applicant.of(service)).map(Applicant::manager).contains("kubectl");
        assertThat(Applicant.isScaled(service)).isTrue();
    }

    private static Service with(String managedFields) {
        return new KubernetesSerialization().unmarshal("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Service
                metadata:
                  name: api
                  managedFields:
                %s
                spec: {image: api}
                """.formatted(managedFields.indent(2)), Service.class);
    }
}
