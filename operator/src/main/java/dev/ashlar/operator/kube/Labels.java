package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Optional;

/** The names that Ashlar writes on what it makes, and who owns an object. */
public final class Labels {
    /** On every child and every pod: the name of the resource that it was made for. */
    public static final String OWNER = "ashlar.dev/owner";
    /** On a pod: the hash of the template that it was made from. */
    public static final String REVISION = "ashlar.dev/revision";
    /** The field manager of all writes. */
    public static final String MANAGER = "ashlar";

    private Labels() {}

    /** Metadata of a child: the owner's namespace, its label, and a reference that lets the garbage collector remove it. */
    public static ObjectMeta child(HasMetadata owner, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(owner.getMetadata().getNamespace())
                .withLabels(Map.of(OWNER, owner.getMetadata().getName()))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(owner.getApiVersion())
                        .withKind(owner.getKind())
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .withController(true)
                        .build())
                .build();
    }

    /** Whether the object was made for exactly this owner, by UID: a namesake does not count. */
    public static boolean owns(HasMetadata owner, HasMetadata object) {
        String uid = owner.getMetadata().getUid();
        return object.getMetadata().getOwnerReferences().stream().anyMatch(reference -> uid.equals(reference.getUid()));
    }

    public static Optional<String> owner(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(OWNER));
    }
}
