package dev.ashlar.operator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** Goals and values, one line each, printed as they come and kept in a file. */
final class Table {
    private final Path file;

    Table(Path file) {
        this.file = file;
    }

    /** A value that must not pass its goal. */
    void atMost(String name, double goal, double value, String unit) throws IOException {
        line(name, "≤ " + number(goal) + unit, number(value) + unit, value <= goal ? "PASS" : "MISS");
    }

    /** A value that must reach its goal. */
    void atLeast(String name, double goal, double value, String unit) throws IOException {
        line(name, "≥ " + number(goal) + unit, number(value) + unit, value >= goal ? "PASS" : "MISS");
    }

    /** A value that has no goal of its own but explains another. */
    void note(String name, double value, String unit) throws IOException {
        line(name, "", number(value) + unit, "");
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The value that 95 of 100 do not pass. */
    static double p95(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
    }

    private void line(String name, String goal, String value, String verdict) throws IOException {
        System.out.printf("%-62s %12s %14s   %s%n", name, goal, value, verdict);
        String line = String.join("\t", name, goal, value, verdict) + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
