package dev.ashlar.operator.status;

import dev.ashlar.crds.Condition;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Stage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One Site in full: its conditions, its Services with their whole digests, their pods. */
record SiteDetail(Entry site, List<Condition> conditions, List<Entry> services, List<Pod> pods) implements View {

    @Override
    public String render(Instant now, boolean person) {
        return "Site %s/%s   %s   %s\n%s\n\n"
                        .formatted(
                                site.namespace(),
                                site.name(),
                                Overview.verdict(site.ready(), person),
                                site.url(),
                                site.message())
                + proof()
                + conditions(now, person)
                + "\n"
                + services(now, person)
                + "\n"
                + pods(now);
    }

    /** What is only warned of does not keep the Site from being Ready, and would be overlooked in the table. */
    private String proof() {
        return conditions.stream()
                .filter(condition -> condition.type().equals(Stage.PROVEN))
                .filter(condition -> !condition.status().equals("True")
                        && !condition.reason().equals(Conditions.NOT_REACHED))
                .map(Condition::message)
                .filter(message -> !message.equals(site.message()))
                .map("Not proven: %s%n%n"::formatted)
                .findFirst()
                .orElse("");
    }

    private String conditions(Instant now, boolean person) {
        return new Table(
                        List.of("CONDITION", "STATUS", "SINCE", "REASON", "MESSAGE"),
                        conditions.stream()
                                .map(each -> List.of(
                                        each.type(),
                                        each.type().equals("Ready")
                                                ? Overview.verdict(each.status(), person)
                                                : each.status(),
                                        Table.age(Duration.between(Instant.parse(each.lastTransitionTime()), now)),
                                        each.reason(),
                                        each.message()))
                                .toList())
                .render();
    }

    private String services(Instant now, boolean person) {
        return new Table(
                        List.of("SERVICE", "READY", "AGE", "IMAGE"),
                        services.stream()
                                .map(each -> List.of(
                                        each.name(),
                                        Overview.verdict(each.ready(), person),
                                        Table.age(Duration.between(each.created(), now)),
                                        each.image()))
                                .toList())
                .render();
    }

    private String pods(Instant now) {
        return new Table(
                        List.of("POD", "STATE", "RESTARTS", "AGE", "NODE"),
                        pods.stream()
                                .map(pod -> List.of(
                                        pod.getMetadata().getName(),
                                        state(pod),
                                        String.valueOf(restarts(pod)),
                                        Table.age(Duration.between(
                                                Instant.parse(pod.getMetadata().getCreationTimestamp()), now)),
                                        Optional.ofNullable(pod.getSpec().getNodeName())
                                                .orElse("-")))
                                .toList())
                .render();
    }

    private static int restarts(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
    }

    /** Ending, the reason a container waits for, or the pod's phase. */
    private static String state(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return "Ending";
        }
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .flatMap(state -> waiting(state).stream())
                .findFirst()
                .orElse(pod.getStatus().getPhase());
    }

    private static Optional<String> waiting(ContainerState state) {
        return Optional.ofNullable(state.getWaiting()).map(waiting -> waiting.getReason());
    }
}
