package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

/** Tells whose an object is that stands where a child should stand. */
final class Ownership {
    private Ownership() {}

    /** Whether it was made for an earlier resource of the owner's name: the garbage collector is about to remove it. */
    static boolean isRemains(HasMetadata owner, HasMetadata live) {
        return !Labels.owns(owner, live)
                && live.getMetadata().getOwnerReferences().stream()
                        .anyMatch(reference -> reference.getKind().equals(owner.getKind())
                                && reference.getApiVersion().equals(owner.getApiVersion())
                                && reference
                                        .getName()
                                        .equals(owner.getMetadata().getName()));
    }

    /**
     * Whether it was made for an owner of this name, and somebody took the reference to the owner off: Ashlar's own apply is on record, and no
     * label speaks of another owner. A claim is taken by its label alone, since what is on it belongs to somebody.
     */
    static boolean isOrphan(HasMetadata owner, HasMetadata live) {
        String name = owner.getMetadata().getName();
        var label = Labels.owner(live);
        return live.getMetadata().getOwnerReferences().isEmpty()
                && !Labels.isKept(live)
                && (label.isPresent() ? label.get().equals(name) : !(live instanceof PersistentVolumeClaim))
                && live.getMetadata().getManagedFields().stream()
                        .anyMatch(entry ->
                                Labels.MANAGER.equals(entry.getManager()) && "Apply".equals(entry.getOperation()));
    }

    /** One sentence that names the object, whose it is and what to do. */
    static String taken(HasMetadata owner, HasMetadata live) {
        String whose = live.getMetadata().getOwnerReferences().stream()
                .findFirst()
                .map(Ownership::name)
                .orElse("nobody that Ashlar knows");
        return "%s %s belongs to %s; delete it or rename %s %s."
                .formatted(
                        live.getKind(),
                        live.getMetadata().getName(),
                        whose,
                        owner.getKind(),
                        owner.getMetadata().getName());
    }

    static String leaving(HasMetadata live) {
        return "%s %s is being deleted and will be made anew."
                .formatted(live.getKind(), live.getMetadata().getName());
    }

    private static String name(OwnerReference reference) {
        return reference.getKind() + " " + reference.getName();
    }
}
