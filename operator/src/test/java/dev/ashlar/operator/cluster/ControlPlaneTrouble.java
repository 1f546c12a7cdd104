package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;

/** What may be wrong with the control plane of the local cluster. */
public record ControlPlaneTrouble(KubernetesClient client) {
    /** No request of the operator is let in, nor queued: each is answered 429. */
    private static final String NO_TIME = """
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: PriorityLevelConfiguration
            metadata: {name: ashlar-test-none}
            spec: {type: Limited, limited: {nominalConcurrencyShares: 0, lendablePercent: 0, borrowingLimitPercent: 0, limitResponse: {type: Reject}}}
            ---
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: FlowSchema
            metadata: {name: ashlar-test-none}
            spec:
              matchingPrecedence: 10
              priorityLevelConfiguration: {name: ashlar-test-none}
              rules:
              - subjects: [{kind: ServiceAccount, serviceAccount: {name: operator, namespace: ashlar-system}}]
                resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true}]
            """;
    /** Nobody answers for this check of what the operator writes, so that the API server answers 500. */
    private static final String NO_CHECK = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: ashlar-test-nobody}
            webhooks:
            - name: nobody.ashlar.dev
              admissionReviewVersions: [v1]
              sideEffects: None
              failurePolicy: Fail
              timeoutSeconds: 1
              clientConfig: {service: {name: nobody, namespace: default}}
              rules: [{operations: [CREATE, UPDATE, DELETE], apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"]}]
              matchConditions:
              - {name: operator, expression: "request.userInfo.username == 'system:serviceaccount:ashlar-system:operator'"}
            """;

    /** Stops a component in its tracks: connections stay, and nobody answers. */
    public void freeze(String component) {
        signal(component, "STOP");
    }

    public void thaw(String component) {
        signal(component, "CONT");
    }

    public void kill(String component) {
        LocalProcess.of(component).destroyForcibly();
    }

    /** Starts again what was killed. */
    public void up() {
        assertThat(new CommandLine(new UpCommand()).execute()).isZero();
    }

    public void tooManyRequests() {
        create(NO_TIME);
    }

    public void enoughTime() {
        delete(NO_TIME);
    }

    public void failWrites() {
        create(NO_CHECK);
    }

    public void letWrite() {
        delete(NO_CHECK);
    }

    private void create(String yaml) {
        objects(yaml).forEach(object -> client.resource(object).serverSideApply());
    }

    private void delete(String yaml) {
        objects(yaml).reversed().forEach(object -> client.resource(object).delete());
    }

    @SuppressWarnings("unchecked")
    private static List<HasMetadata> objects(String yaml) {
        Object read = Serialization.unmarshal(yaml);
        return read instanceof List<?> list ? (List<HasMetadata>) list : List.of((HasMetadata) read);
    }

    private static void signal(String component, String signal) {
        try {
            int exit = new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(LocalProcess.of(component).pid()))
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
