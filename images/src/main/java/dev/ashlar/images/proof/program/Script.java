package dev.ashlar.images.proof.program;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file that begins with {@code #!}: what runs it is named there, after {@code env} perhaps. */
final class Script {
    private static final int LONGEST = 256;

    private Script() {}

    static Program of(byte[] start, int length) {
        String text = new String(start, 2, Math.min(length, LONGEST) - 2, StandardCharsets.ISO_8859_1);
        List<String> words = new ArrayList<>(
                List.of(text.lines().findFirst().orElse("").strip().split("\\s+")));
        if (words.getFirst().endsWith("/env")) {
            words.removeFirst();
            words.removeIf(word -> word.startsWith("-") || word.contains("="));
        }
        String program = words.isEmpty() ? "" : words.getFirst();
        boolean shell = ProgramNames.look(program.substring(program.lastIndexOf('/') + 1))
                .shell()
                .isPresent();
        return shell
                ? Program.shell("is a script for a shell")
                : Program.interpreter("is a script (it begins with #!)");
    }
}
