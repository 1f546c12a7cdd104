package dev.ashlar.operator.service.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Golden;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.object.ServiceContainer;
import dev.ashlar.operator.service.object.ServicePods;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One sentence for each cause, by the very words that the cluster's parts use. */
class TroubleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final ServicePlan plan =
            ServicePlan.of(Golden.in(Path.of("src/test/resources/service/everything"), Service.class));
    private final ServicePlan stateful =
            ServicePlan.of(Golden.in(Path.of("src/test/resources/service/stateful"), Service.class));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Readiness probe failed: HTTP probe failed with statuscode: 503 | it answers with status 503
        Startup probe failed: Get "http://198.18.64.7:8080/healthz": dial tcp 198.18.64.7:8080: connect: connection refused | nothing listens there
        Startup probe failed: Get "http://198.18.64.7:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers) | no answer came within 2 s
        Startup probe failed: Get "http://198.18.64.7:8080/healthz": EOF | the connection is closed without an answer
        Startup probe failed: Get "http://198.18.64.7:8080/healthz": net/http: HTTP/1.x transport connection broken: malformed HTTP response "token=secret" | the answer is not HTTP
        """)
    void namesWhatACheckMetAndNothingThatTheProgramSaid(String message, String answer) {
        var outcome = judge(Seen.warned("Unhealthy", message, pod(running(25))));

        assertThat(outcome)
                .isEqualTo(waiting(
                        ServiceReason.NotReady,
                        "Service api runs but fails its check, GET /healthz on port http: " + answer
                                + "; see `kubectl -n demo logs api-1` or correct spec.health."));
    }

    @Test
    void namesTheCheckForWhichAContainerWasEnded() {
        var outcome = judge(Seen.warned(
                "Unhealthy",
                "Startup probe failed: HTTP probe failed with statuscode: 500",
                pod(ended(143, "Error", "2025-12-31T23:54:00Z", "2026-01-01T00:00:10Z"))));

        assertThat(outcome)
                .isEqualTo(
                        waiting(
                                ServiceReason.NotReady,
                                "Service api is restarted, since it fails its check, GET /healthz on port http: it answers with status 500; see `kubectl -n demo logs api-1 --previous`, or correct spec.health, or give it longer in spec.health.startWithin."));
    }

    @Test
    void doesNotTakeAProgramThatEndsByItselfForOneThatWasEnded() {
        var outcome = judge(Seen.warned(
                "Unhealthy",
                "Startup probe failed: HTTP probe failed with statuscode: 500",
                pod(ended(0, "Completed", "2026-01-01T00:00:00Z", "2026-01-01T00:00:10Z"))));

        assertThat(outcome.reason()).isEqualTo(ServiceReason.Crashing);
    }

    @Test
    void tellsThePossibleMeaningOfTheCodeOfAProgramForAnotherProcessor() {
        assertThat(judge(Seen.pods(pod(ended(255, "Error", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))))
                        .message())
                .contains("exit code 255")
                .contains("`exec format error`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rpc error: code = NotFound desc = failed to pull and unpack image "localhost:5000/x@sha256:1": no match for platform in manifest: not found | WrongArchitecture | is not made for the processor of node n1
        rpc error: code = NotFound desc = failed to resolve reference "localhost:5000/x@sha256:1": localhost:5000/x@sha256:1: not found | ImageUnavailable | is not found in the registry
        failed to do request: Head "https://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused | ImageUnavailable | the registry does not answer
        failed to authorize: failed to fetch anonymous token: 401 Unauthorized | ImageUnavailable | may not be pulled
        """)
    void tellsWhyAnImageCannotBePulled(String message, ServiceReason reason, String words) {
        var pod = pod(c ->
                c.withNewState().withNewWaiting(message, "ImagePullBackOff").endState());

        assertThat(judge(Seen.pods(pod))).satisfies(outcome -> {
            assertThat(outcome.reason()).isEqualTo(reason);
            assertThat(outcome.message()).contains("Image " + plan.writtenImage(), words);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod. | NoRoom | No node has enough memory (it reserves 128Mi) for a pod of Service api
        0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu, 1 Insufficient memory. | NoRoom | No node has enough cpu (it reserves 100m) and memory (it reserves 128Mi)
        0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. | NoNode | No node has the labels
        0/1 nodes are available: 1 node(s) had untolerated taint(s). | NoNode | by a taint
        0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. | NoRoom | No node has the port free
        0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity. | NoNode | on the node where its volume is
        0/1 nodes are available: persistentvolumeclaim "gone" not found. | ClaimUnbound | A claim that Service api mounts is not there
        0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. | ClaimUnbound | has no volume
        """)
    void saysWhatTheNodesLackWithoutCountingThem(String message, ServiceReason reason, String words) {
        var outcome = judge(Seen.pods(pod(c -> c)
                .edit()
                .editStatus()
                .withContainerStatuses()
                .withConditions(condition("PodScheduled", "False", "Unschedulable", message))
                .endStatus()
                .build()));

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.message()).contains(words).doesNotContain("0/");
    }

    @Test
    void namesTheClaimThatHasNoVolume() {
        Pod pod = pending();

        assertThat(judge(Seen.claim(pod, claim(null))).message())
                .startsWith(
                        "Claim api-data of Service api, 1Gi, has no volume: no storage class is the cluster's default; make one so: ");
        assertThat(judge(Seen.claim(pod, claim("local-path"))))
                .isEqualTo(
                        waiting(
                                ServiceReason.ClaimUnbound,
                                "Claim api-data of Service api, 1Gi, has no volume: the provisioner of storage class local-path was asked for it and has not made it; see `kubectl -n demo describe pvc api-data`."));
    }

    @Test
    void namesTheVolumeThatCannotBeMounted() {
        var outcome = judge(Seen.warned(
                "FailedMount", "MountVolume.SetUp failed for volume \"files\" : password=secret", pending()));

        assertThat(outcome)
                .isEqualTo(
                        waiting(
                                ServiceReason.VolumeUnavailable,
                                "Node n1 cannot mount volume files for Service api; see why: `kubectl -n demo describe pod api-1`."));
    }

    @Test
    void doesNotBlameAMountThatWentWellAtLast() {
        Pod mounted = pending()
                .edit()
                .editStatus()
                .withConditions(condition(PodTrouble.PREPARED, "True", null, null))
                .endStatus()
                .build();

        assertThat(judge(Seen.warned("FailedMount", "timed out", mounted)).reason())
                .isEqualTo(ServiceReason.RollingOut);
    }

    @Test
    void namesTheNodeThatFellSilent() {
        var outcome = judge(Seen.pods(pod(c -> c.withReady(true))
                .edit()
                .editStatus()
                .withConditions(
                        condition("Ready", "False", null, null), condition("ContainersReady", "True", null, null))
                .endStatus()
                .build()));

        assertThat(outcome)
                .isEqualTo(
                        waiting(
                                ServiceReason.NodeLost,
                                "Pod api-1 of Service api is on node n1, which does not answer; start that node again, or give it up: `kubectl delete node n1`."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Usage of EmptyDir volume "tmp" exceeds the limit "64Mi". | DiskFull | wrote more into its folder /tmp
        The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. | Evicted | Node n1 was short of memory
        Pod was rejected: The node had condition: [DiskPressure]. | Evicted | Node n1 was short of disk
        Pod ephemeral local storage usage exceeds the total limit of containers 64Mi. | DiskFull | Service api wrote more than 64Mi into its folders and its log
        Container main exceeded its local ephemeral storage limit "32Mi". | DiskFull | Service api wrote more than 32Mi into its folders and its log
        """)
    void saysWhyANodeEndedAPod(String message, ServiceReason reason, String words) {
        var outcome = judge(Seen.pods(pod(c -> c)
                .edit()
                .editStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage(message)
                .endStatus()
                .build()));

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.message()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        pods "api-0" is forbidden: exceeded quota: tiny, requested: requests.memory=128Mi, used: requests.memory=0, limited: requests.memory=64Mi | QuotaExceeded | Quota tiny of namespace demo, requests.memory=64Mi, leaves no room for a pod of Service api, requests.memory=128Mi
        pods "api-0" is forbidden: failed quota: cpus: must specify limits.cpu for: main | QuotaExceeded | Quota cpus of namespace demo counts limits.cpu
        pods "api-0" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true (pod must not set runAsNonRoot=false) | PodsRefused | enforces the pod security standard restricted
        pods "api-0" is forbidden: ValidatingAdmissionPolicy 'no-tea' with binding 'here' denied request: tea is not served | PodsRefused | ValidatingAdmissionPolicy no-tea refuses the pods of Service api (tea is not served)
        pods "api-0" is forbidden: maximum memory usage per Container is 64Mi, but limit is 128Mi | PodsRefused | (maximum memory usage per Container is 64Mi, but limit is 128Mi)
        """)
    void saysWhyThePodsAreRefused(String message, ServiceReason reason, String words) {
        var outcome =
                judge(Seen.warned("FailedCreate", "create Pod api-0 in StatefulSet api failed error: " + message));

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.message()).contains(words).doesNotContain("api-0");
    }

    @Test
    void aRefusalBeforeTheNewestPodIsOver() {
        Pod later = pod(running(5))
                .edit()
                .editMetadata()
                .withCreationTimestamp("2026-01-01T00:00:40Z")
                .endMetadata()
                .build();

        assertThat(judge(Seen.warned("FailedCreate", "exceeded quota", later)).reason())
                .isEqualTo(ServiceReason.RollingOut);
    }

    @Test
    void blamesAnOlderPodOnlyWhereItIsReplacedInItsPlace() {
        Pod old = pod(c -> c.withNewState().withNewWaiting("", "ErrImagePull").endState())
                .edit()
                .editMetadata()
                .addToLabels(Labels.REVISION, "older")
                .endMetadata()
                .build();

        assertThat(judge(Seen.pods(old)).reason()).isEqualTo(ServiceReason.RollingOut);
        assertThat(judge(stateful, Seen.pods(old)).reason()).isEqualTo(ServiceReason.ImageUnavailable);
    }

    private Outcome.Waiting judge(Evidence evidence) {
        return judge(plan, evidence);
    }

    private Outcome.Waiting judge(ServicePlan plan, Evidence evidence) {
        Progress progress = new Progress("uid", ServicePods.revision(this.plan), true, 1, 0, 1, 0, false, List.of());
        return (Outcome.Waiting) Rollout.judge(plan, progress, evidence, NOW);
    }

    private static Outcome.Waiting waiting(ServiceReason reason, String message) {
        return new Outcome.Waiting(reason, message);
    }

    private Pod pending() {
        return pod(c -> c.withNewState().withNewWaiting("", "ContainerCreating").endState())
                .edit()
                .editStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    private Pod pod(UnaryOperator<ContainerStatusBuilder> status) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("api-1")
                .withNamespace("demo")
                .withUid("uid")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withLabels(Map.of(Labels.OWNER, "api", Labels.REVISION, ServicePods.revision(plan)))
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .endSpec()
                .withNewStatus()
                .withContainerStatuses(status.apply(new ContainerStatusBuilder()
                                .withName(ServiceContainer.NAME)
                                .withReady(false)
                                .withRestartCount(0))
                        .build())
                .endStatus()
                .build();
    }

    private static PodCondition condition(
            String type, String status, @Nullable String reason, @Nullable String message) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .build();
    }

    private static UnaryOperator<ContainerStatusBuilder> running(int seconds) {
        return c -> c.withNewState()
                .withNewRunning(NOW.minusSeconds(seconds).toString())
                .endState();
    }

    private static UnaryOperator<ContainerStatusBuilder> ended(int code, String reason, String from, String to) {
        return c -> c.withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .withStartedAt(from)
                .withFinishedAt(to)
                .endTerminated()
                .endState();
    }

    private static PersistentVolumeClaim claim(@Nullable String storage) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("api-data")
                .withUid("claim")
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(storage)
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Gi")))
                .endResources()
                .endSpec()
                .build();
    }
}
