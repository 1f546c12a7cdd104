package dev.ashlar.operator.status;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under a heading, each column as wide as its widest cell; a colour code takes no room. */
public record Table(List<String> heading, List<List<String>> rows) {
    private static final String GAP = "   ";

    public String render() {
        return line(heading) + rows.stream().map(this::line).collect(Collectors.joining());
    }

    private String line(List<String> cells) {
        String line = IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column) + " ".repeat(width(column) - visible(cells.get(column))))
                .collect(Collectors.joining(GAP));
        return line.stripTrailing() + "\n";
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(visible(heading.get(column))),
                        rows.stream().mapToInt(row -> visible(row.get(column))))
                .max()
                .orElse(0);
    }

    private static int visible(String cell) {
        return cell.replaceAll("\u001b\\[[0-9;]*m", "").length();
    }

    /** An age in its largest unit, as kubectl writes it. */
    public static String age(Duration age) {
        if (age.toSeconds() < 120) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.toMinutes() < 120) {
            return age.toMinutes() + "m";
        }
        return age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
    }
}
