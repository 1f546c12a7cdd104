package dev.ashlar.images.layer;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where compilers keep what they compiled: it saves time and must not change the result.
 *
 * @param zig folder of zig's cache
 * @param go folder for Go's build cache; absent: the user's own
 */
public record CompilerCache(Path zig, Optional<Path> go) {
    Map<String, String> forZig() {
        return Map.of("ZIG_GLOBAL_CACHE_DIR", zig.toString(), "ZIG_LOCAL_CACHE_DIR", zig.toString());
    }
}
