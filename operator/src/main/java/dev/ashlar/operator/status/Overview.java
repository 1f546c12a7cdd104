package dev.ashlar.operator.status;

import dev.ashlar.operator.rollout.ShortDigest;
import dev.ashlar.operator.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The table of everything: one line for each Site and each Service of its own. */
record Overview(List<Entry> entries) implements View {
    private static final List<String> HEADING =
            List.of("NAMESPACE", "KIND", "NAME", "READY", "URL", "DIGEST", "AGE", "MESSAGE");

    @Override
    public String render(Instant now, boolean person) {
        if (entries.isEmpty()) {
            return "There is no Site and no Service yet; `ashlar publish DIR --site NAME` makes one.\n";
        }
        return new Table(
                        HEADING,
                        entries.stream().map(entry -> cells(entry, now, person)).toList())
                .render();
    }

    private static List<String> cells(Entry entry, Instant now, boolean person) {
        return List.of(
                entry.namespace(),
                entry.kind(),
                entry.name(),
                verdict(entry.ready(), person),
                entry.url().isEmpty() ? "-" : entry.url(),
                entry.image().isEmpty() ? "-" : ShortDigest.of(entry.image()),
                Table.age(Duration.between(entry.created(), now)),
                entry.message());
    }

    static String verdict(String ready, boolean person) {
        int colour = switch (ready) {
            case "True" -> 32;
            case "False" -> 31;
            default -> 33;
        };
        return Terminal.coloured(ready, colour, person);
    }
}
