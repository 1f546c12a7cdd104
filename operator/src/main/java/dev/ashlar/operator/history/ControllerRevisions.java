package dev.ashlar.operator.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The ControllerRevisions of resources: each holds the whole spec of one revision, cannot be changed, and goes with its resource. It also holds what the
 * history says of the revision, but what became of it: a resource whose status was lost gets its numbers back.
 */
final class ControllerRevisions implements Store {
    private static final String SPEC = "spec";
    private static final String ENTRY = "entry";
    private static final int UID = 8;

    private final KubernetesClient client;

    ControllerRevisions(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public boolean create(HasMetadata owner, HistoryEntry entry, Object spec) {
        try {
            client.resource(revision(owner, entry, spec)).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public <S> Optional<S> load(HasMetadata owner, int number, Class<S> type) {
        return Optional.ofNullable(client.resources(ControllerRevision.class)
                        .inNamespace(owner.getMetadata().getNamespace())
                        .withName(name(owner, number))
                        .get())
                .filter(revision -> Labels.owns(owner, revision))
                .map(revision -> spec(client.getKubernetesSerialization(), revision, type));
    }

    @Override
    public List<HistoryEntry> list(HasMetadata owner) {
        return client
                .resources(ControllerRevision.class)
                .inNamespace(owner.getMetadata().getNamespace())
                .withLabel(Labels.OWNER, owner.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(revision -> Labels.owns(owner, revision))
                .map(revision -> read(client.getKubernetesSerialization(), revision, ENTRY, HistoryEntry.class))
                .sorted(Comparator.comparing(HistoryEntry::number))
                .toList();
    }

    @Override
    public void delete(HasMetadata owner, HistoryEntry entry) {
        client.resources(ControllerRevision.class)
                .inNamespace(owner.getMetadata().getNamespace())
                .withName(name(owner, entry.number()))
                .delete();
    }

    @Override
    public void deleteFiles(HasMetadata owner, String name) {
        var live = client.resources(ConfigMap.class)
                .inNamespace(owner.getMetadata().getNamespace())
                .withName(name);
        ConfigMap files = live.get();
        if (files != null
                && Boolean.TRUE.equals(files.getImmutable())
                && Labels.owner(files).isPresent()) {
            live.delete();
        }
    }

    /** A resource has at most one of a number, so that two who write at a time find out; an earlier one of its name is another. */
    static String name(HasMetadata owner, int number) {
        return "%s.%s-%s.%d"
                .formatted(
                        owner.getMetadata().getName(),
                        owner.getKind().toLowerCase(Locale.ROOT),
                        owner.getMetadata().getUid().substring(0, UID),
                        number);
    }

    static ControllerRevision revision(HasMetadata owner, HistoryEntry entry, Object spec) {
        return new ControllerRevisionBuilder()
                .withMetadata(Labels.child(owner, name(owner, entry.number())))
                .withRevision(entry.number().longValue())
                .withData(Map.of(SPEC, spec, ENTRY, entry.judged(Verdict.REPLACED, List.of(), null)))
                .build();
    }

    /** The spec that a revision holds. */
    static <S> S spec(KubernetesSerialization json, ControllerRevision revision, Class<S> type) {
        return read(json, revision, SPEC, type);
    }

    private static <R> R read(KubernetesSerialization json, ControllerRevision revision, String field, Class<R> type) {
        return json.convertValue(
                json.convertValue(revision.getData(), JsonNode.class).path(field), type);
    }
}
