package dev.ashlar.images.host;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells the user what happens; one line per step, with time and size. */
public record Progress(Consumer<String> line) {
    /** Lines on the standard error output, so that a command's result stays alone on the standard output. */
    @SuppressWarnings("SystemOut") // this is the user's terminal, not a log
    public static Progress toTerminal() {
        return new Progress(System.err::println);
    }

    public void say(String format, Object... values) {
        line.accept(format.formatted(values));
    }

    public static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0).replace(',', '.');
    }

    public static String size(long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
