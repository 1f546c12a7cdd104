package dev.ashlar.operator.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says on stderr what a command is doing: one line per step with its time, rewritten in place where a person looks. */
public final class Progress {
    /** Empties the line that the next text is to stand on. */
    static final String CLEAR = "\r\u001b[K";

    private static final Duration QUIET = Duration.ofSeconds(1);

    private final PrintStream out;
    private final boolean live;

    Progress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    public static Progress onStderr() {
        return new Progress(System.err, Terminal.isPerson());
    }

    public Step start(String name) {
        return new Step(name);
    }

    /** One thing that takes time: {@link #update} as often as wanted, {@link #done} once. */
    public final class Step {
        private final String name;
        private final long started = System.nanoTime();
        private String last = "";

        private Step(String name) {
            this.name = name;
        }

        /** Says what is waited for now: on a terminal at once, elsewhere once it takes over a second, and again when it changes. */
        public void update(String message) {
            if (live) {
                out.print(CLEAR + line(message) + "\r");
                out.flush();
            } else if (!message.equals(last) && elapsed().compareTo(QUIET) > 0) {
                out.println(line(message));
                last = message;
            }
        }

        public void done(String message) {
            out.println((live ? CLEAR : "") + line(message));
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - started);
        }

        private String line(String message) {
            return String.format(Locale.ROOT, "%5.1f s  %-34s %s", elapsed().toMillis() / 1000.0, name, message);
        }
    }
}
