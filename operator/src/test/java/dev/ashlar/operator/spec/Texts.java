package dev.ashlar.operator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;

/** Texts that a field's rules take, or that nothing was said about. */
record Texts(RandomGenerator random, Mood mood) {
    private static final java.util.regex.Pattern RULE = java.util.regex.Pattern.compile("matches\\('(\\^[^']*\\$)'\\)");
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
    private static final List<String> RANGES =
            List.of("192.0.2.0/24", "198.51.100.7/32", "0.0.0.0/0", "2001:db8::/32", "::/0", "192.0.2.9/24");
    private static final List<String> STRANGE = List.of(
            "",
            " ",
            "x",
            "true",
            "0",
            "-1",
            "null",
            "a\nb\tc",
            "\u0000",
            "\u007F\u0085\u2028",
            "\uFEFFbom",
            "é\u0301",
            "漢字",
            "\uD83D\uDE00\uD83D\uDC69\u200D\uD83D\uDE80",
            "\u202Eabc",
            "../../etc/passwd",
            "/",
            "//",
            "$(service:redis.host):$(service:redis.port)",
            "$(service:nobody.host)",
            "$(service:",
            "$$(X) $(X) ${X} {{.X}}",
            "%s %d %n",
            "'\"`;--",
            "<script>",
            "-",
            "a".repeat(64),
            "A",
            "1e999",
            "0x1F",
            "1Gi",
            "9999999999999999999999");
    private static final List<String> QUANTITIES = List.of(
            "64Mi",
            "64Mi",
            "64Mi",
            "64Mi",
            "64Mi",
            "64Mi",
            "64Mi",
            "64Mi",
            "1Gi",
            "1Gi",
            "1Gi",
            "1Gi",
            "1Gi",
            "2Gi",
            "2Gi",
            "2Gi",
            "50m",
            "2",
            "1Mi",
            "0.5",
            "100Gi",
            "1e3",
            "1E",
            "9Ei",
            "1048576",
            "1n",
            "999999999999m",
            "12345678901234567890",
            "+1Gi",
            ".5Gi");

    /** A text for a field: by the first of its patterns, as a range, or free. */
    String of(JsonNode schema) {
        int most = schema.path("maxLength").asInt(4096);
        String rules = schema.path("x-kubernetes-validations").toString();
        Matcher rule = RULE.matcher(rules);
        if (rules.contains("isCIDR")) {
            return pick(RANGES);
        }
        return rule.find() ? matching(PATTERNS.computeIfAbsent(rule.group(1), Pattern::of), most) : free(most);
    }

    /** The last try is cut where it is too long, and may no longer match. */
    private String matching(Pattern pattern, int most) {
        String text = pattern.make(random);
        for (int tries = 0; length(text) > most && tries < 10; tries++) {
            text = pattern.make(random);
        }
        return length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    String range() {
        return pick(RANGES);
    }

    String quantity() {
        return pick(QUANTITIES);
    }

    String strange() {
        return pick(STRANGE);
    }

    private String free(int most) {
        if (random.nextDouble() < mood.full()) {
            return pick(List.of("x", "é", "\uD83D\uDE00")).repeat(most);
        }
        return strange();
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
