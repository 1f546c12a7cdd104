package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Applied;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Claims;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Placing;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.verdict.Progress;
import dev.ashlar.operator.service.verdict.Runs;
import dev.ashlar.operator.service.verdict.ServiceReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a Service's objects in place: what its pods need, then the steps before them, then the pods; what is no longer asked for goes last. */
final class Placement {
    private static final Outcome IN_PLACE = new Outcome.Done("All objects are in place.");
    private static final Outcome STEPS_DONE = new Outcome.Done("All steps before this revision ended well.");
    private static final Placing PLACING = new Placing(
            IN_PLACE, ServiceReason.Replacing, ServiceReason.Refused, ServiceReason.Suspended, ServiceReason.NameTaken);

    private final ServicePlan plan;
    private final ServiceObjects objects;
    private final ServiceChildren seen;
    private final Applier applier;
    private final Runs runs;
    private final List<String> notes = new ArrayList<>();

    Placement(ServicePlan plan, ServiceObjects objects, ServiceChildren seen, Applier applier, Runs runs) {
        this.plan = plan;
        this.objects = objects;
        this.seen = seen;
        this.applier = applier;
        this.runs = runs;
    }

    /**
     * How far it got.
     *
     * @param stages the last of them is not done when there is no workload
     * @param workload what makes the pods, in its newest known state; null when it is not in place
     */
    record Placed(List<Stage> stages, @Nullable HasMetadata workload) {
        static Placed without(Outcome applied) {
            return new Placed(List.of(new Stage(Stage.APPLIED, applied)), null);
        }
    }

    /** @param missing the name of a Service that the spec's access leads to and that is not there */
    Placed run(Optional<String> missing) {
        for (HasMetadata support : objects.supports()) {
            Outcome placed =
                    support instanceof PersistentVolumeClaim claim ? outcome(claim) : PLACING.of(apply(support));
            if (placed != IN_PLACE) {
                return Placed.without(placed);
            }
        }
        missing.ifPresent(name -> notes.add("spec.access names Service %s, which is not there".formatted(name)));
        List<Stage> stages = new ArrayList<>(List.of(new Stage(Stage.APPLIED, inPlace())));
        if (!plan.before().isEmpty()) {
            Outcome prepared = isRolledOut() ? STEPS_DONE : prepare();
            stages.add(new Stage(Stage.PREPARED, prepared));
            if (prepared != STEPS_DONE) {
                return new Placed(stages, null);
            }
        }
        return workload(stages);
    }

    private Outcome inPlace() {
        return notes.isEmpty()
                ? IN_PLACE
                : new Outcome.Done("All objects are in place; but " + String.join(", and ", notes) + ".");
    }

    /** A volume that cannot grow serves as well as before, and a smaller size is refused: nothing else may wait for it. */
    private Outcome outcome(PersistentVolumeClaim claim) {
        PersistentVolumeClaim live = seen.find(claim);
        Applied<PersistentVolumeClaim> applied = apply(Claims.notSmaller(claim, live));
        boolean isRefused = applied instanceof Applied.Denied<PersistentVolumeClaim>
                || applied instanceof Applied.Refused<PersistentVolumeClaim>;
        if (isRefused && live != null) {
            notes.add("volume %s stays at %s, since its storage cannot grow it now"
                    .formatted(
                            claim.getMetadata().getName(),
                            live.getSpec().getResources().getRequests().get("storage")));
            return IN_PLACE;
        }
        return PLACING.of(applied);
    }

    private Placed workload(List<Stage> stages) {
        if (isToBeMadeAnew() instanceof Outcome.Waiting waiting) {
            return Placed.without(waiting);
        }
        Applied<HasMetadata> workload = apply(objects.workload());
        prune();
        return workload instanceof Applied.InPlace<HasMetadata> inPlace
                ? new Placed(stages, inPlace.live())
                : Placed.without(PLACING.of(workload));
    }

    /** The steps are behind a revision whose pods are already asked for, and behind the one that answered last: a failed one is left at once. */
    private boolean isRolledOut() {
        HasMetadata live = seen.find(objects.workload());
        Optional<String> desired = revision(objects.workload());
        return live != null
                && (revision(live).equals(desired)
                        || ServiceRevisions.answered(plan.owner()).equals(desired));
    }

    private static Optional<String> revision(HasMetadata workload) {
        return Progress.of(workload).map(Progress::revision);
    }

    private Outcome prepare() {
        for (int i = 0; i < objects.steps().size(); i++) {
            Applied<Job> job = apply(objects.steps().get(i));
            Outcome outcome = job instanceof Applied.InPlace<Job> inPlace
                    ? runs.step(plan.before().get(i), inPlace.live())
                    : PLACING.of(job);
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return STEPS_DONE;
    }

    /**
     * The claims that a StatefulSet asks for cannot be changed, and a pod that has fewer of them stops its controller (seen with 1.34.4): the set
     * goes with its pods, and comes again on the same claims.
     */
    private Outcome isToBeMadeAnew() {
        if (objects.workload() instanceof StatefulSet desired
                && seen.find(objects.workload()) instanceof StatefulSet live
                && Labels.owns(plan.owner(), live)
                && !claims(live).equals(claims(desired))
                && applier.prune(plan.owner(), live)) {
            return new Outcome.Waiting(
                    ServiceReason.Replacing,
                    "StatefulSet %s is made anew, since the volumes of Service %s changed; its pods stop meanwhile."
                            .formatted(plan.name(), plan.name()));
        }
        return IN_PLACE;
    }

    private static Set<String> claims(StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /** The runs of a CronJob are its own, and go with it. */
    private void prune() {
        seen.replaceable()
                .filter(object -> !objects.hold(object))
                .forEach(object -> applier.prune(plan.owner(), object));
    }

    private <R extends HasMetadata> Applied<R> apply(R desired) {
        return applier.apply(plan.owner(), desired, seen.find(desired));
    }
}
