package dev.ashlar.operator.kube;

import dev.ashlar.crds.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one place that turns outcomes into a status and a requeue. The status is written only when it differs, with the plain client as
 * everything else (see {@link Applier}).
 *
 * @param <T> the kind reported on
 * @param <S> its status
 */
public final class Reporter<T extends CustomResource<?, S>, S> {
    /** The message of an exception: its details may hold what a status must not show. */
    public static final String SEE_LOG =
            "The operator failed and tries again; see why: `kubectl -n ashlar-system logs deployment/operator`.";

    private static final int RETRIES_IN_SILENCE = 2;
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Labels.MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final Clock clock;
    private final Function<S, List<Condition>> conditionsOf;
    private final Transitions transitions;
    private final InFlight<T> written = new InFlight<>();

    /** @param conditionsOf reads the conditions out of a status */
    public Reporter(KubernetesClient client, Clock clock, Function<S, List<Condition>> conditionsOf) {
        this.client = client;
        this.clock = clock;
        this.conditionsOf = conditionsOf;
        this.transitions = new Transitions(client, clock);
    }

    /** A failure that the next try repairs, such as a lost race, is not worth a status. */
    public static boolean isWorthReporting(Context<?> context) {
        return context.getRetryInfo()
                .filter(retry -> retry.getAttemptCount() >= RETRIES_IN_SILENCE)
                .isPresent();
    }

    /** The newest status that is known, which may be one that the cache has not seen yet. */
    public Optional<S> last(T resource) {
        return Optional.ofNullable(written.newest(resource).getStatus());
    }

    /**
     * Reports how far the stages got.
     *
     * @param status makes the new status out of its conditions
     */
    public UpdateControl<T> report(T resource, List<Stage> stages, Function<List<Condition>, S> status) {
        return report(resource, Patience.SHORT, stages, status);
    }

    /** The same, with more patience where there will soon be more to say. */
    public UpdateControl<T> report(
            T resource, Patience patience, List<Stage> stages, Function<List<Condition>, S> status) {
        Optional<S> last = last(resource);
        List<Condition> before = last.map(conditionsOf).orElse(List.of());
        Optional<Duration> early = patience.left(resource, stages, told(before), clock);
        if (early.isPresent()) {
            return UpdateControl.<T>noUpdate().rescheduleAfter(early.get());
        }
        List<Condition> conditions = Conditions.of(
                Suspension.on(resource, stages), before, resource.getMetadata().getGeneration(), clock);
        S next = status.apply(conditions);
        if (!next.equals(last.orElse(null)) && write(resource, next)) {
            transitions.report(resource, before, conditions);
        }
        UpdateControl<T> control = UpdateControl.noUpdate();
        return Stage.verdict(stages) instanceof Outcome.Waiting waiting
                        && waiting.recheck().isPositive()
                ? control.rescheduleAfter(waiting.recheck())
                : control;
    }

    private static Optional<Long> told(List<Condition> conditions) {
        return Conditions.find(conditions, Conditions.READY).map(Condition::observedGeneration);
    }

    /** Looks again after a time at the latest, or sooner where that was said already. */
    public static <T extends HasMetadata> UpdateControl<T> atLatestIn(
            Optional<Duration> time, UpdateControl<T> control) {
        Optional<Long> said = control.getScheduleDelay();
        return time.filter(delay -> said.isEmpty() || delay.toMillis() < said.get())
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    /** Whether the status was written: a resource that is gone or was made anew has no use for it. */
    private boolean write(T resource, S status) {
        try {
            written.put(client.resource(bare(resource, status))
                    .subresource("status")
                    .patch(APPLY));
            Writes.STATUS.count(resource, resource.getKind());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private T bare(T resource, S status) {
        T bare = client.getKubernetesSerialization().clone(resource);
        bare.setSpec(null);
        bare.setStatus(status);
        var metadata = resource.getMetadata();
        bare.setMetadata(new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .build());
        return bare;
    }
}
