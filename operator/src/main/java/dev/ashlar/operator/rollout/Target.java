package dev.ashlar.operator.rollout;

/** One object that is to become ready. */
public record Target(RolloutKind kind, String namespace, String name) {
    @Override
    public String toString() {
        return "%s %s/%s".formatted(kind.title(), namespace, name);
    }
}
