package dev.ashlar.operator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for one page as often as it can.
 *
 * @param programs the folder with wrk
 */
record Wrk(Path programs, Path folder) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

    /**
     * What came of it.
     *
     * @param requests in a second
     * @param p99 the milliseconds that 99 of 100 do not pass
     */
    record Rate(double requests, double p99) {}

    Rate run(String url, String host) throws IOException, InterruptedException {
        Path log = folder.resolve("wrk.log");
        new ProcessBuilder(
                        programs.resolve("run").toString(),
                        "usr/bin/wrk",
                        "-t1",
                        "-c32",
                        "-d3s",
                        "--latency",
                        "-H",
                        "Host: " + host,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String output = Files.readString(log);
        Matcher rate = RATE.matcher(output);
        Matcher late = P99.matcher(output);
        if (!rate.find() || !late.find() || output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IOException("wrk measured nothing: " + output);
        }
        double unit = switch (late.group(2)) {
            case "us" -> 1e-3;
            case "ms" -> 1;
            default -> 1e3;
        };
        return new Rate(Double.parseDouble(rate.group(1)), Double.parseDouble(late.group(1)) * unit);
    }

    static double requests(List<Rate> rates) {
        return Table.median(rates.stream().mapToDouble(Rate::requests).toArray());
    }

    static double p99(List<Rate> rates) {
        return Table.median(rates.stream().mapToDouble(Rate::p99).toArray());
    }
}
