package dev.ashlar.operator.rollback;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.rollout.ShortDigest;
import dev.ashlar.operator.status.Table;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what ran: one line for each of the last revisions. */
@Command(
        name = "history",
        description =
                "Shows the last 10 revisions of a Site, or of a Service without one: what ran, since when, by whom.")
public final class HistoryCommand implements Callable<Integer> {
    private static final List<String> HEADING =
            List.of("REVISION", "VERDICT", "AGE", "BY", "HASH", "DIGESTS", "MESSAGE");

    @Mixin
    private final Named named = new Named();

    @Override
    public Integer call() {
        try (KubernetesClient client = Connection.open()) {
            Revised revised = named.find(client);
            System.out.print(render(revised, Instant.now()));
        }
        return 0;
    }

    static String render(Revised revised, Instant now) {
        if (revised.history().isEmpty()) {
            return revised.target() + " has no revision yet.\n";
        }
        String table = new Table(
                        HEADING,
                        revised.history().reversed().stream()
                                .map(entry -> cells(entry, now))
                                .toList())
                .render();
        return revised.rollbackTo() == null
                ? table
                : table
                        + "\nHeld back at revision %d; `ashlar rollback %s --end` runs the spec again.\n"
                                .formatted(
                                        revised.rollbackTo(), revised.target().name());
    }

    private static List<String> cells(HistoryEntry entry, Instant now) {
        return List.of(
                entry.number().toString(),
                verdict(entry),
                Table.age(Duration.between(Instant.parse(entry.time()), now)),
                entry.by() == null ? "-" : entry.by(),
                entry.hash(),
                digests(entry),
                entry.message() == null ? "" : entry.message());
    }

    private static String verdict(HistoryEntry entry) {
        String name = entry.verdict().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String digests(HistoryEntry entry) {
        return new TreeMap<>(entry.digests())
                .entrySet().stream()
                        .map(digest -> digest.getKey() + "=" + ShortDigest.of(digest.getValue()))
                        .collect(Collectors.joining(" "));
    }
}
