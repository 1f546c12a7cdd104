package dev.ashlar.images.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.images.proof.Verdict.Result;
import java.util.Locale;
import java.util.stream.Collectors;

/** Verdicts as text: a table for people, JSON for machines. */
public record Report(Verdicts verdicts) {
    private static final JsonMapper JSON = new JsonMapper();

    /** One line for the image, one for each rule, one for the sum. */
    public String table() {
        String rules = verdicts.verdicts().stream().map(Report::line).collect(Collectors.joining("\n"));
        return "%s%n%s%n%s%n%s".formatted(head(), "  " + verdicts.origin(), rules, sum());
    }

    private String head() {
        boolean named = verdicts.image().contains(verdicts.digest());
        return named ? verdicts.image() : "%s  %s".formatted(verdicts.image(), verdicts.digest());
    }

    private static String line(Verdict verdict) {
        String mark = switch (verdict.result()) {
            case PASSED -> "✓";
            case WAIVED -> "~";
            case FAILED -> "✗";
            case UNJUDGED -> "?";
        };
        return "%s %-17s %s"
                .formatted(mark, verdict.rule().label(), told(verdict))
                .stripTrailing();
    }

    private static String told(Verdict verdict) {
        String more = verdict.violations() > 1 ? " (and %d more)".formatted(verdict.violations() - 1) : "";
        return switch (verdict.result()) {
            case PASSED -> "";
            case WAIVED -> "%s%s: waived: %s".formatted(verdict.where(), more, verdict.why());
            case FAILED ->
                "%s %s%s".formatted(verdict.where(), verdict.why(), more).strip();
            case UNJUDGED -> verdict.why();
        };
    }

    private String sum() {
        long failed = verdicts.verdicts().stream()
                .filter(verdict -> verdict.result() == Result.FAILED)
                .count();
        return verdicts.isProven()
                ? "proven"
                : "not proven: %d of %d rules broken".formatted(failed, Rule.values().length);
    }

    /** One object, with the verdicts in the order of the rules. */
    public String json() {
        ObjectNode node = JSON.createObjectNode()
                .put("image", verdicts.image())
                .put("digest", verdicts.digest())
                .put("origin", verdicts.origin())
                .put("proven", verdicts.isProven());
        var list = node.putArray("verdicts");
        for (Verdict verdict : verdicts.verdicts()) {
            list.addObject()
                    .put("rule", verdict.rule().label())
                    .put("result", verdict.result().name().toLowerCase(Locale.ROOT))
                    .put("violations", verdict.violations())
                    .put("where", verdict.where())
                    .put("why", verdict.why());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
