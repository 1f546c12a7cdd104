package dev.ashlar.images.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.proof.Verdict.Result;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Verdicts verdicts(Verdict... broken) {
        List<Verdict> all = Arrays.stream(Rule.values())
                .map(rule -> Arrays.stream(broken)
                        .filter(verdict -> verdict.rule() == rule)
                        .findFirst()
                        .orElse(new Verdict(rule, Result.PASSED, 0, "", "")))
                .collect(Collectors.toList());
        return new Verdicts("web@sha256:1", "sha256:1", "built by this tree as web", all);
    }

    @Test
    void namesTheFirstOffendingPathOfEachRule() {
        String table = new Report(verdicts(
                        new Verdict(Rule.STATIC, Result.WAIVED, 3, "/jre/bin/java", "no static one is to be had"),
                        new Verdict(Rule.NO_SETUID, Result.FAILED, 1, "/bin/su", "is setuid or setgid")))
                .table();
        assertThat(table)
                .startsWith("web@sha256:1\n  built by this tree as web\n✓ well-formed\n")
                .contains("~ static            /jre/bin/java (and 2 more): waived: no static one is to be had\n")
                .contains("✗ no-setuid         /bin/su is setuid or setgid\n")
                .endsWith("not proven: 1 of 11 rules broken");
    }

    @Test
    void writesOneVerdictForEachRuleAsJson() {
        assertThat(new Report(verdicts()).json())
                .contains("\"proven\" : true")
                .contains("\"rule\" : \"no-world-writable\"")
                .contains("\"result\" : \"passed\"");
    }
}
