package dev.ashlar.images.gc;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What of the registry may go: everything but what is in use, what was asked for of late, and what belongs to either: the
 * images of an index and the index of an image, what is attached to them, and the list of that under its tag.
 */
public record Selection(List<Stored> kept, List<Stored> unneeded) {
    /**
     * @param used digests that something refers to, in whatever repository
     * @param spare whatever was written or asked for within this time may be about to be used
     */
    public static Selection of(List<Stored> all, Set<String> used, Duration spare) {
        Set<String> attached = names(all, stored -> stored.subject().isPresent());
        Predicate<Stored> formerList = stored -> isFormerList(stored, attached);
        Set<Stored> kept = all.stream()
                .filter(stored ->
                        used.contains(stored.digest()) || stored.idle() < spare.toSeconds() && !formerList.test(stored))
                .collect(Collectors.toCollection(HashSet::new));
        int before;
        do {
            before = kept.size();
            Set<String> names = names(kept, stored -> true);
            Set<String> children =
                    kept.stream().flatMap(index -> index.childNames().stream()).collect(Collectors.toSet());
            all.stream()
                    .filter(stored -> children.contains(stored.name())
                            || stored.subjectNames().stream().anyMatch(names::contains)
                            || isIndexOf(stored, names) && !formerList.test(stored))
                    .forEach(kept::add);
        } while (kept.size() > before);
        return new Selection(
                all.stream().filter(kept::contains).toList(),
                all.stream().filter(stored -> !kept.contains(stored)).toList());
    }

    /** The bytes that only the unneeded images hold. */
    public long reclaimable() {
        Map<String, Long> blobs = new HashMap<>();
        for (Stored stored : unneeded) {
            blobs.put(stored.digest(), stored.size());
            stored.blobs().forEach(blob -> blobs.put(blob.digest(), blob.size()));
        }
        for (Stored stored : kept) {
            blobs.remove(stored.digest());
            stored.blobs().forEach(blob -> blobs.remove(blob.digest()));
        }
        return blobs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The index of an image that is kept; what lists attachments goes with the image that they are attached to. */
    private static boolean isIndexOf(Stored stored, Set<String> kept) {
        return !stored.isList() && stored.childNames().stream().anyMatch(kept::contains);
    }

    /** The list of attachments is written anew for each: the former ones have no tag, and nothing but attachments in them. */
    private static boolean isFormerList(Stored stored, Set<String> attached) {
        return stored.tags().isEmpty() && !stored.children().isEmpty() && attached.containsAll(stored.childNames());
    }

    private static Set<String> names(Iterable<Stored> all, Predicate<Stored> wanted) {
        Set<String> names = new HashSet<>();
        for (Stored stored : all) {
            if (wanted.test(stored)) {
                names.add(stored.name());
            }
        }
        return names;
    }
}
