package dev.ashlar.operator.rollout;

import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits for objects to become ready, with one progress line each. */
public final class Rollouts {
    private static final Duration INTERVAL = Duration.ofMillis(400);

    private final KubernetesClient client;
    private final Progress progress;
    private final Duration patience;

    /** @param patience how long all of the targets together may take */
    public Rollouts(KubernetesClient client, Progress progress, Duration patience) {
        this.client = client;
        this.progress = progress;
        this.patience = patience;
    }

    /** Returns when all are ready; a {@link Failure} names the first that is not, and why. */
    public void await(List<Target> targets) {
        Instant deadline = Instant.now().plus(patience);
        for (Target target : targets) {
            Progress.Step step = progress.start(target.toString());
            step.done(await(target, step, deadline));
        }
    }

    private String await(Target target, Progress.Step step, Instant deadline) {
        while (true) {
            switch (observe(target)) {
                case Observation.Ready ready -> {
                    return ready.message();
                }
                case Observation.Failed failed -> throw new Failure(target + ": " + failed.message());
                case Observation.Waiting waiting -> {
                    step.update(waiting.message());
                    if (Instant.now().isAfter(deadline)) {
                        throw new Failure("%s is not ready after %d s: %s"
                                .formatted(target, patience.toSeconds(), waiting.message()));
                    }
                }
            }
            pause();
        }
    }

    private Observation observe(Target target) {
        GenericKubernetesResource object = client.genericKubernetesResources(
                        target.kind().context())
                .inNamespace(target.namespace())
                .withName(target.name())
                .get();
        Observation observation = StatusReader.read(target.kind(), object);
        return observation instanceof Observation.Waiting waiting
                ? trouble(target, object)
                        .<Observation>map(why -> new Observation.Waiting(waiting.message() + ": " + why))
                        .orElse(observation)
                : observation;
    }

    private Optional<String> trouble(Target target, GenericKubernetesResource object) {
        if (target.kind().isOurs()
                || object == null
                || !(object.get("spec", "selector", "matchLabels") instanceof Map<?, ?> labels)) {
            return Optional.empty();
        }
        var selector = new java.util.TreeMap<String, String>();
        labels.forEach((key, value) -> selector.put(key.toString(), value.toString()));
        return PodTrouble.of(client.pods()
                .inNamespace(target.namespace())
                .withLabels(selector)
                .list()
                .getItems());
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", stop);
        }
    }
}
