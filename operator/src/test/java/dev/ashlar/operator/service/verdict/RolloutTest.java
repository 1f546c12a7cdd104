package dev.ashlar.operator.service.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Golden;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Reason;
import dev.ashlar.operator.service.object.ServiceContainer;
import dev.ashlar.operator.service.object.ServiceDeployment;
import dev.ashlar.operator.service.object.ServicePods;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is said of pods that do not answer, by what the kubelet and the Deployment's controller report. */
class RolloutTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final ServicePlan plan =
            ServicePlan.of(Golden.in(Path.of("src/test/resources/service/everything"), Service.class));

    @Test
    void isDoneWhenThePodsOfTheNewRevisionAnswer() {
        var outcome = Rollout.judge(
                plan,
                deployment(s -> s.withReplicas(2).withUpdatedReplicas(2).withAvailableReplicas(2)),
                Seen.pods(),
                NOW);

        assertThat(outcome).isEqualTo(new Outcome.Done("2 pods answer."));
    }

    @Test
    void missesTheAgentOfANodeThatFellSilentThoughItsSetDoesNot() {
        ServicePlan agent = ServicePlan.of(Golden.in(Path.of("src/test/resources/service/per-node"), Service.class));
        var set = new Progress("uid", ServicePods.revision(plan), true, 2, 2, 2, 2, false, List.of());
        Pod silent = pod(c -> c.withReady(true))
                .edit()
                .editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .endCondition()
                .addNewCondition()
                .withType("ContainersReady")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();

        assertThat(reason(Rollout.judge(agent, set, Seen.pods(silent), NOW))).isEqualTo(ServiceReason.NodeLost);
        assertThat(Rollout.judge(agent, set, Seen.pods(), NOW))
                .isEqualTo(new Outcome.Done("2 pods answer, one on each node."));
    }

    @Test
    void waitsWhileAnOldPodIsLeft() {
        var outcome = Rollout.judge(
                plan,
                deployment(s -> s.withReplicas(3).withUpdatedReplicas(2).withAvailableReplicas(3)),
                Seen.pods(),
                NOW);

        assertThat(reason(outcome)).isEqualTo(ServiceReason.RollingOut);
    }

    @Test
    void doesNotTrustAStatusOfAnOlderSpec() {
        var outcome = Rollout.judge(
                plan,
                deployment(s -> s.withObservedGeneration(1L)
                        .withReplicas(2)
                        .withUpdatedReplicas(2)
                        .withAvailableReplicas(2)),
                Seen.pods(),
                NOW);

        assertThat(reason(outcome)).isEqualTo(ServiceReason.RollingOut);
    }

    @Test
    void needsNoControllerToSeeThatNoneOfNoPodsIsMissing() {
        var unseen = ServiceDeployment.deployment(plan, (Run.Replicated) plan.run())
                .edit()
                .editMetadata()
                .withGeneration(1L)
                .endMetadata()
                .editSpec()
                .withReplicas(0)
                .endSpec()
                .build();

        var outcome = Rollout.judge(plan, Progress.of(unseen).orElseThrow(), Seen.pods(), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Done("Scaled to zero."));
    }

    @Test
    void namesTheImageThatCannotBePulled() {
        var outcome = judge(c ->
                c.withNewState().withNewWaiting("Back-off", "ImagePullBackOff").endState());

        assertThat(reason(outcome)).isEqualTo(ServiceReason.ImageUnavailable);
        assertThat(outcome.message())
                .contains("Image " + plan.writtenImage())
                .contains("check its digest")
                .contains("kubectl -n demo describe pod api-1");
    }

    @Test
    void namesTheExitCodeOfACrashWhateverTheContainerDoesNow() {
        UnaryOperator<ContainerStatusBuilder> crashed = c -> c.withRestartCount(3)
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(7)
                .withReason("Error")
                .endTerminated()
                .endLastState();

        var waiting = judge(c -> crashed.apply(c)
                .withNewState()
                .withNewWaiting("", "CrashLoopBackOff")
                .endState());
        var running = judge(c ->
                crashed.apply(c).withNewState().withNewRunning(NOW.toString()).endState());

        assertThat(waiting).isEqualTo(running);
        assertThat(waiting.message())
                .isEqualTo(
                        "The container of Service api ended with exit code 7; see why: `kubectl -n demo logs api-1 --previous`.");
    }

    @Test
    void tellsMemoryFromACrash() {
        var outcome = judge(c -> c.withNewState()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("OOMKilled")
                .endTerminated()
                .endState());

        assertThat(outcome.message())
                .isEqualTo("Service api needs more memory than its 128Mi; raise spec.resources.memory.");
    }

    @Test
    void saysWhatTheKubeletMisses() {
        var outcome = judge(c -> c.withNewState()
                .withNewWaiting("secret \"api\" not found", "CreateContainerConfigError")
                .endState());

        assertThat(reason(outcome)).isEqualTo(ServiceReason.CannotStart);
        assertThat(outcome.message()).contains("secret \"api\" not found");
    }

    @Test
    void isPatientWithAPodThatStarts() {
        var young = judge(c ->
                c.withNewState().withNewRunning(NOW.minusSeconds(5).toString()).endState());
        var old = judge(c ->
                c.withNewState().withNewRunning(NOW.minusSeconds(25).toString()).endState());

        assertThat(reason(young)).isEqualTo(ServiceReason.RollingOut);
        assertThat(((Outcome.Waiting) young).recheck()).isPositive();
        assertThat(reason(old)).isEqualTo(ServiceReason.NotReady);
        assertThat(old.message()).contains("GET /healthz on port http");
    }

    @Test
    void stallsWhenTheDeploymentGaveUp() {
        Progress deployment = deployment(s -> s.addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .endCondition());
        Pod pod = pod(c -> c.withNewState().withNewWaiting("", "ErrImagePull").endState());

        var outcome = Rollout.judge(plan, deployment, Seen.pods(pod), NOW);

        assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
        assertThat(reason(outcome)).isEqualTo(ServiceReason.ImageUnavailable);
    }

    @Test
    void givesUpAContainerThatEndedThreeTimesWhenItsTimeToStartIsOver() {
        Pod pod = pod(c -> crashed(c, 2));
        Instant over = CREATED.plus(plan.startWithin());

        var early = Rollout.judge(plan, deployment(s -> s), Seen.pods(pod), over.minusSeconds(9));
        var late = Rollout.judge(plan, deployment(s -> s), Seen.pods(pod), over);
        var twice = Rollout.judge(plan, deployment(s -> s), Seen.pods(pod(c -> crashed(c, 1))), over);

        assertThat(early)
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.recheck()).hasSeconds(10));
        assertThat(late).isEqualTo(new Outcome.Stalled(ServiceReason.Crashing, early.message()));
        assertThat(twice).isInstanceOf(Outcome.Waiting.class);
    }

    @Test
    void waitsForWhatAnsweredBefore() {
        Progress answered = deployment(s -> s.addNewCondition()
                        .withType("Progressing")
                        .withStatus("False")
                        .endCondition())
                .after(ServicePods.revision(plan));
        Instant over = CREATED.plus(plan.startWithin());

        assertThat(Rollout.judge(
                        plan,
                        deployment(s -> s).after(ServicePods.revision(plan)),
                        Seen.pods(pod(c -> crashed(c, 9))),
                        over))
                .isInstanceOf(Outcome.Waiting.class);
        assertThat(Rollout.judge(plan, answered, Seen.pods(), over)).isInstanceOf(Outcome.Waiting.class);
    }

    @Test
    void keepsTheDeadlineWhereTheControllerHasNoneAndSaysTheGap() {
        ServicePlan set = ServicePlan.of(Golden.in(Path.of("src/test/resources/service/stateful"), Service.class));
        Progress progress = new Progress("uid", ServicePods.revision(plan), true, 2, 1, 2, 1, false, List.of());
        Pod silent =
                pod(c -> c.withNewState().withNewRunning(CREATED.toString()).endState());
        Instant over = CREATED.plus(ServiceDeployment.progressDeadline(set));

        assertThat(Rollout.judge(set, progress, Seen.pods(silent), over.minusSeconds(1)))
                .isInstanceOf(Outcome.Waiting.class);
        assertThat(Rollout.judge(set, progress, Seen.pods(silent), over))
                .isInstanceOfSatisfying(
                        Outcome.Stalled.class,
                        stalled -> assertThat(stalled.message())
                                .endsWith(
                                        "Its former pods stopped for the new ones, so that it answered less or not at all meanwhile."));
    }

    private static ContainerStatusBuilder crashed(ContainerStatusBuilder container, int restarts) {
        return container
                .withRestartCount(restarts)
                .withNewState()
                .withNewWaiting("", "CrashLoopBackOff")
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(7)
                .withReason("Error")
                .endTerminated()
                .endLastState();
    }

    @Test
    void sendsToThePodsWhenNothingExplainsThem() {
        Progress deployment = deployment(s ->
                s.addNewCondition().withType("Progressing").withStatus("False").endCondition());

        var outcome = Rollout.judge(plan, deployment, Seen.pods(), NOW);

        assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
        assertThat(outcome.message()).contains("kubectl -n demo describe pod -l ashlar.dev/owner=api");
    }

    @Test
    void saysTheSameOfACommandThatIsNotThereBeforeAndAfterARestart() {
        var first = judge(c -> c.withNewState()
                .withNewWaiting("exec: /nope: no such file", "RunContainerError")
                .endState());
        var later = judge(c -> c.withNewState()
                .withNewWaiting("back-off 40s", "CrashLoopBackOff")
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(128)
                .withReason("StartError")
                .endTerminated()
                .endLastState());

        assertThat(first).isEqualTo(later);
        assertThat(first.message()).contains("cannot start").contains("spec.command");
    }

    @Test
    void keepsAtMostAKilobyteOfAPod() {
        Pod pod = TrimmedPod.of(pod(c -> c.withNewState()
                .withNewWaiting("x".repeat(5000), "CreateContainerError")
                .endState()));

        assertThat(new KubernetesSerialization().asJson(pod)).hasSizeLessThan(1024);
    }

    @Test
    void doesNotBlameAPodOfAnOlderRevision() {
        Pod old = pod(c -> c.withNewState().withNewWaiting("", "ErrImagePull").endState())
                .edit()
                .editMetadata()
                .addToLabels(Labels.REVISION, "older")
                .endMetadata()
                .build();

        assertThat(reason(Rollout.judge(plan, deployment(s -> s), Seen.pods(old), NOW)))
                .isEqualTo(ServiceReason.RollingOut);
    }

    @Test
    void doesNotTakeAStepThatEndedForAPodOfTheRollout() {
        Pod step = pod(c -> c.withNewState()
                        .withNewTerminated()
                        .withExitCode(0)
                        .withReason("Completed")
                        .endTerminated()
                        .endState())
                .edit()
                .editMetadata()
                .addToLabels(ServicePods.STEP, "migrate")
                .endMetadata()
                .build();

        assertThat(reason(Rollout.judge(plan, deployment(s -> s), Seen.pods(step), NOW)))
                .isEqualTo(ServiceReason.RollingOut);
    }

    private Outcome judge(UnaryOperator<ContainerStatusBuilder> status) {
        return Rollout.judge(plan, deployment(s -> s), Seen.pods(pod(status)), NOW);
    }

    private Progress deployment(UnaryOperator<DeploymentStatusBuilder> status) {
        return Progress.of(ServiceDeployment.deployment(plan, (Run.Replicated) plan.run())
                        .edit()
                        .editMetadata()
                        .withGeneration(2L)
                        .endMetadata()
                        .withStatus(status.apply(new DeploymentStatusBuilder().withObservedGeneration(2L))
                                .build())
                        .build())
                .orElseThrow();
    }

    private Pod pod(UnaryOperator<ContainerStatusBuilder> status) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("api-1")
                .withNamespace("demo")
                .withCreationTimestamp(CREATED.toString())
                .withLabels(Map.of(Labels.OWNER, "api", Labels.REVISION, ServicePods.revision(plan)))
                .endMetadata()
                .withNewStatus()
                .withContainerStatuses(status.apply(new ContainerStatusBuilder()
                                .withName(ServiceContainer.NAME)
                                .withReady(false)
                                .withRestartCount(0))
                        .build())
                .endStatus()
                .build();
    }

    private static Reason reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Waiting waiting -> waiting.reason();
            case Outcome.Stalled stalled -> stalled.reason();
            case Outcome.Done done -> throw new AssertionError(done.message());
        };
    }
}
