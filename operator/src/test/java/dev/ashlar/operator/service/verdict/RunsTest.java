package dev.ashlar.operator.service.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Golden;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.object.ServiceContainer;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.plan.Step;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of pods that end by themselves, by what their Jobs and the kubelet report. */
class RunsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    /** Just applied. */
    private static final CronJob CRON_JOB = cronJob(NOW.toString());

    private final ServicePlan nightly = plan("schedule-defaults");
    private final ServicePlan suspended = plan("schedule");
    private final ServicePlan once = plan("once");

    @Test
    void aScheduleWithoutARunIsDone() {
        assertThat(scheduled(nightly, List.of(), List.of()))
                .isEqualTo(new Outcome.Done("No run has ended yet; the times are */5 * * * * in Etc/UTC."));
    }

    @Test
    void aSuspendedScheduleSaysSo() {
        assertThat(scheduled(suspended, List.of(), List.of()).message()).startsWith("Suspended: no run starts until");
    }

    @Test
    void theLastRunThatEndedSpeaksWhileTheNextIsOnItsWay() {
        var jobs = List.of(job("a", 1, "Complete", ""), job("b", 2, "Failed", "BackoffLimitExceeded"), running("c", 3));

        assertThat(scheduled(nightly, jobs, List.of(ended("b", 3, "Error"))))
                .isEqualTo(
                        new Outcome.Waiting(
                                ServiceReason.RunFailed,
                                "Service backup ended with exit code 3 in its last run; see why: `kubectl -n demo logs job/b`."));
    }

    @Test
    void aLaterSuccessMakesUpForAFailure() {
        var jobs = List.of(job("a", 1, "Failed", "BackoffLimitExceeded"), job("b", 2, "Complete", ""));

        assertThat(scheduled(nightly, jobs, List.of())).isEqualTo(new Outcome.Done("The last run ended well."));
    }

    @Test
    void aRunThatCannotStartSpeaksBeforeTheLastThatDid() {
        var jobs = List.of(job("a", 1, "Complete", ""), running("b", 2));
        var state = new ContainerStateBuilder()
                .withNewWaiting("Back-off", "ImagePullBackOff")
                .build();

        assertThat(scheduled(nightly, jobs, List.of(pod("b", "Pending", state))))
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.reason()).isEqualTo(ServiceReason.ImageUnavailable));
    }

    @Test
    void aRunThatEndsBeforeItsPodIsSaidToRunDidNotCrash() {
        var ended = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(0)
                .withReason("Completed")
                .endTerminated()
                .build();

        assertThat(scheduled(nightly, List.of(running("a", 1)), List.of(pod("a", "Pending", ended))))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void namesTheDeadlineThatARunDidNotKeep() {
        assertThat(scheduled(nightly, List.of(job("a", 1, "Failed", "DeadlineExceeded")), List.of()))
                .isEqualTo(
                        new Outcome.Waiting(
                                ServiceReason.DeadlinePassed,
                                "Service backup was not done by its deadline, 600 s, and its last run was ended (Job a); raise the deadline, or make it faster."));
    }

    @Test
    void tellsMemoryFromAFailure() {
        var jobs = List.of(job("a", 1, "Failed", "BackoffLimitExceeded"));

        assertThat(scheduled(nightly, jobs, List.of(ended("a", 137, "OOMKilled")))
                        .message())
                .contains("needs more memory than its 64Mi in its last run");
    }

    @Test
    void pointsAtTheJobWhenThePodIsGone() {
        assertThat(scheduled(nightly, List.of(job("a", 1, "Failed", "BackoffLimitExceeded")), List.of())
                        .message())
                .contains("`kubectl -n demo describe job a`");
    }

    @Test
    void namesATimeThatPassedWithoutARun() {
        var runs = new Runs(nightly, Seen.pods(), Instant.parse("2026-01-01T02:00:00Z"));

        assertThat(runs.scheduled((Run.Scheduled) nightly.run(), cronJob("2026-01-01T00:01:00Z"), List.of()))
                .isEqualTo(
                        new Outcome.Waiting(
                                ServiceReason.RunMissed,
                                "Service backup missed a run: the cluster was away at its time and for 1h after (spec.schedule.startWithin), or the run before took too long; make up for it: `kubectl -n demo create job --from=cronjob/backup NAME`; the next runs as usual."));
    }

    @Test
    void aRunThatMayStillStartIsNotMissed() {
        var runs = new Runs(nightly, Seen.pods(), Instant.parse("2026-01-01T01:04:00Z"));

        assertThat(runs.scheduled((Run.Scheduled) nightly.run(), cronJob("2026-01-01T00:01:00Z"), List.of()))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aRunThatWasMadeUpForIsNotMissed() {
        var runs = new Runs(nightly, Seen.pods(), Instant.parse("2026-01-01T01:30:00Z"));
        var byHand = job("try", 55, "Complete", "");

        assertThat(runs.scheduled((Run.Scheduled) nightly.run(), cronJob("2026-01-01T00:01:00Z"), List.of(byHand)))
                .isEqualTo(new Outcome.Done("The last run ended well."));
    }

    @Test
    void saysThatARunIsRefusedByAQuota() {
        Job job = running("import", 1)
                .edit()
                .editMetadata()
                .withUid("1")
                .endMetadata()
                .build();
        var refused = Seen.warned(
                "FailedCreate",
                "Error creating: pods \"import-x\" is forbidden: exceeded quota: tiny, requested: pods=1, used: pods=3, limited: pods=3");

        assertThat(new Runs(once, refused, NOW).once(job))
                .isEqualTo(
                        new Outcome.Waiting(
                                ServiceReason.QuotaExceeded,
                                "Quota tiny of namespace demo, pods=3, leaves no room for a pod of Service import, pods=1; raise the quota, or lower spec.resources or the number of pods."));
    }

    @Test
    void oneRunIsAwaited() {
        assertThat(once(running("import", 1)))
                .isEqualTo(new Outcome.Waiting(ServiceReason.Running, "The run of Service import is on its way."));
    }

    @Test
    void oneRunIsDoneForGood() {
        assertThat(once(job("import", 1, "Complete", ""))).isEqualTo(new Outcome.Done("The run ended well."));
    }

    @Test
    void oneRunThatFailedIsNotRepeated() {
        var failed = once(job("import", 1, "Failed", "BackoffLimitExceeded"), ended("import", 2, "Error"));

        assertThat(failed)
                .isEqualTo(
                        new Outcome.Stalled(
                                ServiceReason.RunFailed,
                                "Service import ended with exit code 2 in its run; see why: `kubectl -n demo logs job/import`; correct the spec, or delete the Job to run it again."));
    }

    @Test
    void aStepThatFailedLeavesTheFormerRevisionServing() {
        Step migrate = new Step("migrate", List.of(), List.of("migrate"), Duration.ofHours(1), 0);

        assertThat(new Runs(once, Seen.of(List.of(ended("a", 3, "Error"))), NOW)
                        .step(migrate, job("a", 1, "Failed", "BackoffLimitExceeded")))
                .isEqualTo(
                        new Outcome.Stalled(
                                ServiceReason.StepFailed,
                                "Service import ended with exit code 3 in its step migrate; see why: `kubectl -n demo logs job/a`; correct the spec, or delete the Job to run it again; the former revision, if there was one, goes on serving."));
    }

    private static CronJob cronJob(String created) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withCreationTimestamp(created)
                .endMetadata()
                .withNewSpec()
                .withStartingDeadlineSeconds(3600L)
                .endSpec()
                .build();
    }

    private static ServicePlan plan(String golden) {
        return ServicePlan.of(Golden.in(Path.of("src/test/resources/service", golden), Service.class));
    }

    private static Outcome scheduled(ServicePlan plan, List<Job> jobs, List<Pod> pods) {
        return new Runs(plan, Seen.of(pods), NOW).scheduled((Run.Scheduled) plan.run(), CRON_JOB, jobs);
    }

    private Outcome once(Job job, Pod... pods) {
        return new Runs(once, Seen.of(List.of(pods)), NOW).once(job);
    }

    private static Job running(String name, int minute) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp("2026-01-01T00:%02d:00Z".formatted(minute))
                .endMetadata()
                .withNewSpec()
                .withActiveDeadlineSeconds(600L)
                .endSpec()
                .withNewStatus()
                .endStatus()
                .build();
    }

    private static Job job(String name, int minute, String end, String reason) {
        return running(name, minute)
                .edit()
                .editStatus()
                .addNewCondition()
                .withType(end)
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod ended(String job, int code, String reason) {
        var end = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .endTerminated()
                .build();
        return pod(job, "Failed", end);
    }

    /** As the watch keeps it. */
    private static Pod pod(String job, String phase, io.fabric8.kubernetes.api.model.ContainerState state) {
        return TrimmedPod.of(new PodBuilder()
                .withNewMetadata()
                .withName(job + "-x")
                .addToLabels(FailedRun.JOB_NAME, job)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .addNewContainerStatus()
                .withName(ServiceContainer.NAME)
                .withState(state)
                .endContainerStatus()
                .endStatus()
                .build());
    }
}
