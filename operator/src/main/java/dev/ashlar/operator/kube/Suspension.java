package dev.ashlar.operator.kube;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code spec.suspend} means: nothing is written, and what runs is compared and judged as ever. */
public final class Suspension {
    static final String SUSPENDED = "Suspended";

    private Suspension() {}

    public static boolean isSuspended(HasMetadata resource) {
        return switch (resource) {
            case Site site -> Boolean.TRUE.equals(site.getSpec().suspend());
            case Service service -> Boolean.TRUE.equals(service.getSpec().suspend());
            default -> false;
        };
    }

    /** The stages of a resource, which say so while it is suspended. */
    public static List<Stage> on(HasMetadata owner, List<Stage> stages) {
        if (!isSuspended(owner)) {
            return stages;
        }
        var suspended = new Stage(
                SUSPENDED,
                new Outcome.Done("What was made of %s is left as it is, until spec.suspend is removed from %s."
                        .formatted(name(owner), asked(owner))));
        return Stream.concat(
                        Stream.of(suspended),
                        stages.stream()
                                .map(stage -> new Stage(stage.type(), suspended(stage.outcome()), stage.advisory())))
                .toList();
    }

    private static Outcome suspended(Outcome outcome) {
        String message = "Suspended: " + outcome.message();
        return switch (outcome) {
            case Outcome.Done done -> new Outcome.Done(message);
            case Outcome.Waiting waiting -> new Outcome.Waiting(waiting.reason(), message, waiting.recheck());
            case Outcome.Stalled stalled -> new Outcome.Stalled(stalled.reason(), message);
        };
    }

    /** One sentence on an object that is not as desired. */
    static String held(HasMetadata owner, HasMetadata desired, @Nullable HasMetadata live) {
        return "%s %s %s; remove spec.suspend from %s."
                .formatted(
                        desired.getKind(),
                        desired.getMetadata().getName(),
                        live == null ? "is not there, and is not made" : "differs from the spec, and stays so",
                        asked(owner));
    }

    /** Whose user asked for it: a Service's Site passes it on. */
    private static String asked(HasMetadata owner) {
        return owner.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst()
                .map(reference -> reference.getKind() + " " + reference.getName())
                .orElseGet(() -> name(owner));
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
