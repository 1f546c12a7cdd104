package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Revisions of one resource in memory, and what was written. */
final class Kept implements Store {
    final Map<Integer, Object> specs = new TreeMap<>();
    final List<String> writes = new ArrayList<>();
    private final Map<Integer, HistoryEntry> entries = new TreeMap<>();

    @Override
    public boolean create(HasMetadata owner, HistoryEntry entry, Object spec) {
        if (specs.containsKey(entry.number())) {
            return false;
        }
        specs.put(entry.number(), spec);
        entries.put(entry.number(), entry.judged(Verdict.REPLACED, List.of(), null));
        writes.add("create " + entry.number());
        return true;
    }

    @Override
    public <S> Optional<S> load(HasMetadata owner, int number, Class<S> type) {
        return Optional.ofNullable(specs.get(number)).map(type::cast);
    }

    @Override
    public List<HistoryEntry> list(HasMetadata owner) {
        return List.copyOf(entries.values());
    }

    @Override
    public void delete(HasMetadata owner, HistoryEntry entry) {
        specs.remove(entry.number());
        entries.remove(entry.number());
        writes.add("delete " + entry.number());
    }

    @Override
    public void deleteFiles(HasMetadata owner, String name) {
        writes.add("delete " + name);
    }
}
