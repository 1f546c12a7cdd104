package dev.ashlar.operator.policy;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.policy.Standing.Foreign;
import dev.ashlar.operator.policy.Standing.Judged;
import dev.ashlar.operator.policy.Standing.NotJudged;
import dev.ashlar.operator.policy.Standing.Proving;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides what becomes of a Service whose image stands so: where the rules are enforced it waits or is refused, elsewhere that is told. */
record Decision(Service service, String image, boolean enforced) {
    Stage on(Standing standing) {
        return new Stage(Stage.PROVEN, outcome(standing), !enforced);
    }

    private Outcome outcome(Standing standing) {
        return switch (standing) {
            case Judged(Judgement judgement) when judgement.isProven() -> new Outcome.Done(proven(judgement));
            case Judged(Judgement judgement) ->
                stalled(
                        PolicyReason.NotProven,
                        "is not proven (%s)".formatted(told(judgement.broken())),
                        "correct the image: `ashlar image verify --policy %s` shows each rule");
            case Foreign foreign ->
                stalled(
                        PolicyReason.ForeignRegistry,
                        "is in another registry, where nothing proves it",
                        "bring it into the cluster's: `ashlar image mirror %s`");
            case Proving(var soon) ->
                told().orElseGet(() -> new Outcome.Waiting(
                        PolicyReason.Proving,
                        "Image %s of Service %s is being proven.".formatted(image, name()),
                        soon));
            case NotJudged(String why) ->
                new Outcome.Waiting(
                        PolicyReason.NotJudged,
                        "Image %s of Service %s cannot be proven yet%s, which is tried again by itself: %s."
                                .formatted(image, name(), enforced ? " and does not run before" : "", why));
        };
    }

    /** What was told of an image that could not be judged, by the operator before this one: it stays until there is more to say. */
    private Optional<Outcome> told() {
        return Optional.ofNullable(service.getStatus())
                .flatMap(status -> Conditions.current(service, status.conditions(), Stage.PROVEN))
                .filter(proven -> proven.reason().equals(PolicyReason.NotJudged.name()))
                .map(proven -> new Outcome.Waiting(PolicyReason.NotJudged, proven.message()));
    }

    private Outcome stalled(PolicyReason reason, String what, String remedy) {
        return new Outcome.Stalled(
                reason,
                "Image %s of Service %s %s, and namespace %s %s; %s."
                        .formatted(
                                image,
                                name(),
                                what,
                                service.getMetadata().getNamespace(),
                                enforced
                                        ? "enforces that: it is not run, and what ran before goes on"
                                        : "only warns of that: it runs all the same",
                                remedy.formatted(image)));
    }

    private String proven(Judgement judgement) {
        return judgement.waived().isEmpty()
                ? "Image %s keeps every rule.".formatted(image)
                : "Image %s keeps every rule but those that are waived for it (%s)."
                        .formatted(image, told(judgement.waived()));
    }

    private static String told(Map<String, String> rules) {
        return rules.entrySet().stream()
                .map(rule -> rule.getKey() + ": " + rule.getValue())
                .collect(Collectors.joining("; "));
    }

    private String name() {
        return service.getMetadata().getName();
    }
}
