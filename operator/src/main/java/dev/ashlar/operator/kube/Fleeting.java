package dev.ashlar.operator.kube;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Values that count for a minute at most: what nobody asks for again, since its resource was deleted, must not stay for good. */
public final class Fleeting<V> {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private record Entry<V>(V value, long nanos) {}

    private final LongSupplier nanos;
    /** The oldest first. */
    private final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>();

    public Fleeting() {
        this(System::nanoTime);
    }

    /** @param nanos as of {@link System#nanoTime()} */
    Fleeting(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public synchronized void put(String key, V value) {
        long now = nanos.getAsLong();
        entries.putLast(key, new Entry<>(value, now));
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (now - oldest.next().nanos() > LONGEST.toNanos()) {
            oldest.remove();
        }
    }

    /** The value that still counts; one that does not any more is removed. */
    public synchronized Optional<V> getWhile(String key, Predicate<V> counts) {
        Entry<V> entry = entries.get(key);
        if (entry == null || counts.test(entry.value())) {
            return Optional.ofNullable(entry).map(Entry::value);
        }
        entries.remove(key);
        return Optional.empty();
    }

    public synchronized void remove(String key) {
        entries.remove(key);
    }

    synchronized int size() {
        return entries.size();
    }
}
