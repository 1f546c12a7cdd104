package dev.ashlar.operator.site;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges a Site by its Services: the first in trouble speaks for it, before one that is merely on its way. */
final class SiteHealth {
    private SiteHealth() {}

    static Outcome judge(SequencedMap<String, Service> services) {
        List<Outcome> outcomes =
                services.values().stream().map(SiteHealth::judge).toList();
        return outcomes.stream()
                .filter(outcome -> !isRollingOut(outcome) && !(outcome instanceof Outcome.Done))
                .findFirst()
                .or(() -> outcomes.stream().filter(SiteHealth::isRollingOut).findFirst())
                .orElseGet(() -> new Outcome.Done(success(services.size())));
    }

    /** Whether some Service has told nothing of what was just asked for, and every other one answers. */
    static boolean isYetToBeTold(SequencedMap<String, Service> services) {
        return services.values().stream().anyMatch(service -> current(service).isEmpty())
                && services.values().stream()
                        .filter(service -> current(service).isPresent())
                        .allMatch(service -> judge(service) instanceof Outcome.Done);
    }

    /** Why services failed for good, by their names: their pods or what comes before these, not what keeps them from being asked for. */
    static SortedMap<String, String> causes(SequencedMap<String, Service> services) {
        SortedMap<String, String> causes = new TreeMap<>();
        services.forEach((name, service) -> current(service)
                .map(ServiceStatus::conditions)
                .filter(Conditions::isFailed)
                .flatMap(conditions -> Conditions.find(conditions, Conditions.READY))
                .ifPresent(ready -> causes.put(name, service.getMetadata().getName() + ": " + ready.message())));
        return causes;
    }

    static boolean answers(Service service) {
        return judge(service) instanceof Outcome.Done;
    }

    private static Outcome judge(Service service) {
        String name = service.getMetadata().getName();
        Optional<Condition> ready = current(service)
                .flatMap(status -> Conditions.find(status.conditions(), Conditions.READY))
                .filter(condition -> !Reason.isOnTheWay(condition.reason()));
        if (ready.isEmpty()) {
            return new Outcome.Waiting(SiteReason.RollingOut, name + " is rolling out.");
        }
        String message = ready.get().message();
        if (ready.get().status().equals("True")) {
            return new Outcome.Done(message);
        }
        String told = name + ": " + message;
        return isStalled(service)
                ? new Outcome.Stalled(SiteReason.ServiceNotReady, told)
                : new Outcome.Waiting(SiteReason.ServiceNotReady, told);
    }

    /** A status of an older generation says nothing about what was just asked for. */
    static Optional<ServiceStatus> current(Service service) {
        return Optional.ofNullable(service.getStatus())
                .filter(status -> status.observedGeneration() != null
                        && status.observedGeneration() >= service.getMetadata().getGeneration());
    }

    private static boolean isStalled(Service service) {
        return Conditions.find(service.getStatus().conditions(), Conditions.STALLED)
                .isPresent();
    }

    private static boolean isRollingOut(Outcome outcome) {
        return outcome instanceof Outcome.Waiting waiting && waiting.reason() == SiteReason.RollingOut;
    }

    private static String success(int services) {
        return switch (services) {
            case 0 -> "The gateway answers; there is nothing else to run.";
            case 1 -> "The content answers.";
            default -> "The content and all services answer.";
        };
    }
}
