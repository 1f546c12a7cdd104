package dev.ashlar.images.layer;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The environment that compilers and build scripts get: constant but for the folders of this build. */
final class HostRun {
    /** For programs that write a time into their output: 2026-01-01T00:00:00Z. */
    private static final String EPOCH = "1767225600";

    private HostRun() {}

    static Map<String, String> environment(Path work, String path) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", path + "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", work.resolve("home").toString());
        environment.put("TMPDIR", work.resolve("tmp").toString());
        environment.put("TZ", "UTC");
        environment.put("LC_ALL", "C");
        environment.put("SOURCE_DATE_EPOCH", EPOCH);
        return environment;
    }
}
