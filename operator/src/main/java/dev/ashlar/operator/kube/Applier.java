package dev.ashlar.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the live objects equal to the desired ones with as few writes as can be: one server-side apply when a desired field differs, one
 * JSON patch when somebody added to what is wholly ours, none otherwise.
 *
 * <p>It writes with the plain client: the framework's filter of own events can drop a foreign change that coalesces with an own write
 * (java-operator-sdk #3455). What it wrote counts as the newest state until a cache has caught up.
 */
public final class Applier {
    private static final int UNPROCESSABLE = 422;
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(Labels.MANAGER)
            .build();

    private final KubernetesClient client;
    private final InFlight<HasMetadata> written = new InFlight<>();

    public Applier(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Puts one child of {@code owner} in place.
     *
     * @param cached what the watch knows of the object, null when nothing
     */
    public <T extends HasMetadata> Applied<T> apply(HasMetadata owner, T desired, @Nullable T cached) {
        T live = newest(desired, cached);
        if (live != null && (live.isMarkedForDeletion() || Ownership.isRemains(owner, live))) {
            return new Applied.Leaving<>(Ownership.leaving(live));
        }
        if (live != null
                && !Labels.owns(owner, live)
                && !Labels.isKeptFor(owner, live)
                && !Ownership.isOrphan(owner, live)) {
            return new Applied.Taken<>(Ownership.taken(owner, live));
        }
        if (Suspension.isSuspended(owner)) {
            return live != null && isAsDesired(desired, live)
                    ? new Applied.InPlace<>(live)
                    : new Applied.Held<>(live, Suspension.held(owner, desired, live));
        }
        try {
            return new Applied.InPlace<>(put(owner, desired, live));
        } catch (KubernetesClientException e) {
            return refusal(desired, e);
        }
    }

    private static <T extends HasMetadata> Applied<T> refusal(T desired, KubernetesClientException e) {
        if (Refusal.isNamespaceGoing(e)) {
            return new Applied.Leaving<>(Refusal.namespaceGoing(desired));
        }
        return switch (e.getCode()) {
            case UNPROCESSABLE, HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_ENTITY_TOO_LARGE ->
                new Applied.Refused<>(Refusal.of(desired, e));
            case HttpURLConnection.HTTP_FORBIDDEN -> new Applied.Denied<>(Refusal.of(desired, e));
            default -> throw e;
        };
    }

    private <T extends HasMetadata> T put(HasMetadata owner, T desired, @Nullable T before) {
        T live = before == null || Drift.between(json(desired), json(before))
                ? remember(replace(owner, desired, before))
                : before;
        List<String> foreign = isSharedWithTheCluster(live) ? List.of() : ForeignFields.in(json(live));
        if (foreign.isEmpty()) {
            return live;
        }
        return remember(remove(owner, foreign, live));
    }

    /** What another one set to the very value that is desired is no difference. */
    private boolean isAsDesired(HasMetadata desired, HasMetadata live) {
        JsonNode wanted = json(desired);
        JsonNode there = json(live);
        return !Drift.between(wanted, there)
                && (isSharedWithTheCluster(live)
                        || ForeignFields.in(there).stream()
                                .allMatch(field -> wanted.at(field).equals(there.at(field))));
    }

    /** Tells a child that it is suspended too, and changes nothing else of it; the next apply without `suspend` takes that back. */
    public void suspend(HasMetadata owner, HasMetadata child) {
        if (Labels.owns(owner, child) && !Suspension.isSuspended(written.newest(child))) {
            remember(client.resource(child).patch(MERGE, "{\"spec\":{\"suspend\":true}}"));
            Writes.SUSPEND.count(owner, child.getKind());
        }
    }

    /** The cluster writes into the spec of a claim which volume it was given. */
    private static boolean isSharedWithTheCluster(HasMetadata live) {
        return live instanceof PersistentVolumeClaim;
    }

    /** Whether an event only tells of our own write, whose outcome was judged when it was made. */
    boolean isOwn(HasMetadata seen) {
        return written.isOwn(seen);
    }

    /** Deletes a child that the spec no longer asks for, and nothing that is not the owner's. Returns whether it does. */
    public boolean prune(HasMetadata owner, HasMetadata child) {
        if (Suspension.isSuspended(owner) || !Labels.owns(owner, child) || child.isMarkedForDeletion()) {
            return false;
        }
        client.resource(child).delete();
        Writes.DELETE.count(owner, child.getKind());
        return true;
    }

    /** Deletes what was once made here and is known by its UID alone; a namesake stays. */
    public <T extends HasMetadata> void pruneForgotten(HasMetadata owner, Class<T> kind, String name, String uid) {
        T live = client.resources(kind)
                .inNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .get();
        if (live != null && uid.equals(live.getMetadata().getUid()) && !live.isMarkedForDeletion()) {
            client.resource(live).delete();
            Writes.DELETE.count(owner, live.getKind());
        }
    }

    /** The watch shows only what carries our label, so that an unknown object is asked for once before it is created. */
    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> @Nullable T newest(T desired, @Nullable T cached) {
        if (cached == null) {
            written.forget(desired);
            return client.resource(desired).get();
        }
        return (T) written.newest(cached);
    }

    /**
     * Where somebody changed the key of a list's entry (the number of a port), applying adds ours beside it, which the server may refuse as
     * its double; a merge patch replaces lists as a whole.
     */
    private <T extends HasMetadata> T replace(HasMetadata owner, T desired, @Nullable T before) {
        try {
            return serverSideApply(owner, desired);
        } catch (KubernetesClientException e) {
            if (before == null || e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            try {
                Writes.APPLY.count(owner, desired.getKind());
                client.resource(before).patch(MERGE, json(desired).toString());
            } catch (KubernetesClientException refused) {
                e.addSuppressed(refused);
                throw e;
            }
            return serverSideApply(owner, desired);
        }
    }

    private <T extends HasMetadata> T serverSideApply(HasMetadata owner, T desired) {
        Writes.APPLY.count(owner, desired.getKind());
        return client.resource(desired)
                .fieldManager(Labels.MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /** When somebody else was faster, the object stays as it is for now: the event of that change brings us back. */
    private <T extends HasMetadata> T remove(HasMetadata owner, List<String> pointers, T live) {
        Writes.REMOVE_FOREIGN.count(owner, live.getKind());
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/resourceVersion")
                .put("value", live.getMetadata().getResourceVersion());
        pointers.forEach(pointer -> patch.addObject().put("op", "remove").put("path", pointer));
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(Labels.MANAGER)
                .build();
        try {
            return client.resource(live).patch(context, patch.toString());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return live;
            }
            throw e;
        }
    }

    private <T extends HasMetadata> T remember(T live) {
        written.put(live);
        return live;
    }

    private JsonNode json(HasMetadata object) {
        return client.getKubernetesSerialization().convertValue(object, JsonNode.class);
    }
}
