package dev.ashlar.images.layer;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the C compiler keeps what it compiled, as Go does in the user's own cache: it saves time and must not change the result.
 *
 * @param zig folder of zig's cache
 */
public record CompilerCache(Path zig) {
    Map<String, String> forZig() {
        return Map.of("ZIG_GLOBAL_CACHE_DIR", zig.toString(), "ZIG_LOCAL_CACHE_DIR", zig.toString());
    }
}
