package dev.ashlar.images.proof;

import dev.ashlar.images.proof.Verdict.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What broke a rule, the first of each kept in words, the others counted. */
final class Findings {
    private static final int LONGEST = 200;

    private record First(String where, String why, long count) {}

    private final Map<Rule, First> found = new EnumMap<>(Rule.class);
    private boolean cutShort;

    /** @param where from the image, hence made harmless for a terminal here */
    void add(Rule rule, String where, String why) {
        First first = found.get(rule);
        found.put(
                rule,
                first == null
                        ? new First(harmless(where), harmless(why), 1)
                        : new First(first.where(), first.why(), first.count() + 1));
    }

    /** The rest of the image was not read. */
    void cutShort(String where, String why) {
        cutShort = true;
        add(Rule.WELL_FORMED, where, why);
    }

    List<Verdict> verdicts(Map<String, String> allows) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            verdicts.add(verdict(rule, rule.allow().map(allows::get)));
        }
        return verdicts;
    }

    private Verdict verdict(Rule rule, Optional<String> reason) {
        First first = found.get(rule);
        if (first == null) {
            return cutShort
                    ? new Verdict(rule, Result.UNJUDGED, 0, "", "the image could not be read to its end")
                    : new Verdict(rule, Result.PASSED, 0, "", "");
        }
        return reason.map(text -> new Verdict(rule, Result.WAIVED, first.count(), first.where(), text))
                .orElseGet(() -> new Verdict(rule, Result.FAILED, first.count(), first.where(), first.why()));
    }

    private static String harmless(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> {
            boolean plain = switch (Character.getType(point)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> false;
                default -> true;
            };
            clean.append(plain ? Character.toString(point) : "\\u{%x}".formatted(point));
        });
        return text.length() > LONGEST ? clean.append('…').toString() : clean.toString();
    }
}
