package dev.ashlar.operator.service.verdict;

import dev.ashlar.crds.Check;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a check met, out of the kubelet's words. What the program itself answered or wrote is never in it, since that may hold secrets. */
final class ProbeAnswer {
    private static final Pattern STATUS = Pattern.compile("HTTP probe failed with statuscode: (\\d{3})$");
    private static final List<Meaning> CONNECTION = List.of(
            new Meaning("connection refused", "nothing listens there"),
            new Meaning("deadline exceeded|Timeout exceeded|i/o timeout", "no answer came within 2 s"),
            new Meaning("malformed HTTP|server gave HTTP", "the answer is not HTTP"),
            new Meaning("connection reset|EOF$", "the connection is closed without an answer"),
            new Meaning("no route to host|network is unreachable", "there is no way to the pod"));
    private static final List<Meaning> COMMAND = List.of(
            new Meaning("probe errored", "the command cannot be run"),
            new Meaning("timed out", "the command took longer than 2 s"),
            new Meaning("", "the command failed"));

    private ProbeAnswer() {}

    private record Meaning(Pattern words, String text) {
        Meaning(String words, String text) {
            this(Pattern.compile(words), text);
        }
    }

    /** @param message of an Event {@code Unhealthy} */
    static Optional<String> in(String message, Check check) {
        return switch (check) {
            case Check.Exec exec -> first(COMMAND, message);
            case Check.Tcp tcp -> first(CONNECTION, message);
            case Check.Http http -> status(message).or(() -> first(CONNECTION, message));
        };
    }

    private static Optional<String> status(String message) {
        Matcher status = STATUS.matcher(message);
        return status.find() ? Optional.of("it answers with status " + status.group(1)) : Optional.empty();
    }

    private static Optional<String> first(List<Meaning> meanings, String message) {
        return meanings.stream()
                .filter(meaning -> meaning.words().matcher(message).find())
                .map(Meaning::text)
                .findFirst();
    }
}
