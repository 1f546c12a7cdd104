package dev.ashlar.crds;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what JSON leaves out into the value that means the same. */
final class Absent {
    private Absent() {}

    static <T> List<T> asEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <T> Map<String, T> asEmpty(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : Map.copyOf(map);
    }
}
