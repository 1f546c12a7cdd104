package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** What is kept of the revisions of resources, to run them again. */
interface Store {
    /** Whether it was written: false when there is one of that number. */
    boolean create(HasMetadata owner, HistoryEntry entry, Object spec);

    /** The spec of a revision; empty when somebody deleted it. */
    <S> Optional<S> load(HasMetadata owner, int number, Class<S> type);

    /** All revisions of a resource by number, as ones of which nothing more is known. */
    List<HistoryEntry> list(HasMetadata owner);

    void delete(HasMetadata owner, HistoryEntry entry);

    /** Deletes a ConfigMap that no revision names any more, unless it is none of ours. */
    void deleteFiles(HasMetadata owner, String name);
}
