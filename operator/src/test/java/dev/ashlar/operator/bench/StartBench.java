package dev.ashlar.operator.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** How long the operator takes to start, with the ahead-of-time cache and without, in turns. */
final class StartBench {
    private StartBench() {}

    static void run(Lab lab, Table table, int rounds) throws Exception {
        Path cache = lab.folder().resolve("operator.aot");
        Files.deleteIfExists(cache);
        lab.startOperator("-XX:AOTCacheOutput=" + cache).close();
        double[] with = new double[rounds];
        double[] without = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            without[round] = seconds(lab);
            with[round] = seconds(lab, "-XX:AOTCache=" + cache);
        }
        table.note("start without the ahead-of-time cache", Table.median(without), " s");
        table.note("start with it", Table.median(with), " s");
        table.atMost(
                "start with the ahead-of-time cache next to without",
                0.35,
                Table.median(with) / Table.median(without),
                "");
    }

    private static double seconds(Lab lab, String... options) throws Exception {
        try (Running running = lab.startOperator(options)) {
            return running.seconds();
        }
    }
}
