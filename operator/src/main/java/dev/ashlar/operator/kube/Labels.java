package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names that Ashlar writes on what it makes, and who owns an object. */
public final class Labels {
    /** On every child and every pod: the name of the resource that it was made for. */
    public static final String OWNER = "ashlar.dev/owner";
    /** On a pod: the hash of the template that it was made from. */
    public static final String REVISION = "ashlar.dev/revision";
    /** On a pod: the Site that its Service belongs to. */
    public static final String SITE = "ashlar.dev/site";
    /** On a resource, by its user, and from there on all that is made for it: who is behind it. */
    public static final String TEAM = "ashlar.dev/team";
    /** On an object that outlives its owner: the owner's kind. One of the same kind and name takes it again. */
    public static final String KEPT_FOR = "ashlar.dev/kept-for";
    /** On the RoleBinding that lets the operator read the Secrets of its namespace. */
    public static final String SECRETS = "ashlar.dev/secrets";
    /** On a ConfigMap beside the operator: what it proves images by, and what it found. */
    public static final String PROOF = "ashlar.dev/proof";

    public static final String VERDICT = "verdict";
    /** On a namespace, with the value {@link #ENFORCE}: the rules are enforced in it. */
    public static final String POLICY = "ashlar.dev/policy";

    public static final String ENFORCE = "enforce";
    /** The field manager of all writes. */
    public static final String MANAGER = "ashlar";

    private Labels() {}

    /** Metadata of a child: the owner's namespace, its label, and a reference that lets the garbage collector remove it. */
    public static ObjectMeta child(HasMetadata owner, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(owner.getMetadata().getNamespace())
                .withLabels(of(owner))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(owner.getApiVersion())
                        .withKind(owner.getKind())
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .withController(true)
                        .build())
                .build();
    }

    /** The labels of everything that is made for an owner. */
    public static SortedMap<String, String> of(HasMetadata owner) {
        var labels = new TreeMap<>(Map.of(OWNER, owner.getMetadata().getName()));
        var own = owner.getMetadata().getLabels();
        if (own != null && own.containsKey(TEAM)) {
            labels.put(TEAM, own.get(TEAM));
        }
        return labels;
    }

    /** The labels of what outlives its owner. */
    static SortedMap<String, String> kept(HasMetadata owner) {
        var labels = of(owner);
        labels.put(KEPT_FOR, owner.getKind());
        return labels;
    }

    /** Whether the object outlived an owner of this kind and name, or will. */
    static boolean isKeptFor(HasMetadata owner, HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null
                && object.getMetadata().getOwnerReferences().isEmpty()
                && owner.getKind().equals(labels.get(KEPT_FOR))
                && owner.getMetadata().getName().equals(labels.get(OWNER));
    }

    /** Whether the object outlives its owner, whoever that is. */
    static boolean isKept(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && labels.containsKey(KEPT_FOR);
    }

    /** Whether the object was made for exactly this owner, by UID: a namesake does not count. */
    public static boolean owns(HasMetadata owner, HasMetadata object) {
        String uid = owner.getMetadata().getUid();
        return object.getMetadata().getOwnerReferences().stream().anyMatch(reference -> uid.equals(reference.getUid()));
    }

    /** The name of the Site that a Service belongs to, empty for one of its own. */
    public static Optional<String> site(HasMetadata service) {
        return service.getMetadata().getOwnerReferences().stream()
                .filter(reference -> reference.getKind().equals("Site"))
                .map(OwnerReference::getName)
                .findFirst();
    }

    public static Optional<String> owner(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(OWNER));
    }
}
