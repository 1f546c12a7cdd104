package dev.ashlar.operator.terminal;

import java.io.Console;

/** What the terminal can do. */
public final class Terminal {
    private Terminal() {}

    /** True where a person looks: both ends are a terminal and nobody asked for plain text (NO_COLOR, TERM=dumb). */
    @SuppressWarnings("SystemConsoleNull") // it is null where the JVM was built without a terminal library
    public static boolean isPerson() {
        Console console = System.console();
        return console != null
                && console.isTerminal()
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }

    /** The text in an ANSI colour (31 red, 32 green, 33 yellow), or as it is where nobody looks. */
    public static String coloured(String text, int colour, boolean person) {
        return person ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
