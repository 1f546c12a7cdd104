package dev.ashlar.operator.rights;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.stream.Stream;

/** To do one thing to one kind of object. */
record Right(String group, String resource, String verb) implements Comparable<Right> {
    static Stream<Right> of(PolicyRule rule) {
        return rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream().map(verb -> new Right(group, resource, verb))));
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "%s %s%s".formatted(verb, resource, group.isEmpty() ? "" : "." + group);
    }
}
