package dev.ashlar.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.images.proof.Rule;
import dev.ashlar.images.proof.Verdict;
import dev.ashlar.images.proof.Verdict.Result;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.operator.kube.NamedImage;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the cluster keeps of a verdict, and for how long it holds. */
class JudgementTest {
    private static final NamedImage IMAGE = new NamedImage("shop/api", "sha256:" + "0123456789abcdef".repeat(4));
    private static final KnownList LIST = new KnownList("1", KnownImages.NONE);

    @Test
    void isReadAsItWasWritten() {
        Judgement judgement = judged(Result.FAILED, "/bin/x", "has an interpreter");

        assertThat(Judgement.read(judgement.configMap("ashlar-system"))).isEqualTo(judgement);
        assertThat(judgement.broken()).isEqualTo(Map.of("static", "/bin/x has an interpreter (and 1 more)"));
    }

    @Test
    void holdsForEveryListWhenEveryRuleIsKept() {
        assertThat(judged(Result.PASSED, "", "").isToBeMadeAnew("2")).isFalse();
    }

    @Test
    void isMadeAnewByAnotherListWhenARuleIsBrokenOrWaived() {
        assertThat(judged(Result.FAILED, "/x", "is dynamic").isToBeMadeAnew("2"))
                .isTrue();
        assertThat(judged(Result.WAIVED, "/x", "no static one is to be had").isToBeMadeAnew("2"))
                .isTrue();
        assertThat(judged(Result.FAILED, "/x", "is dynamic").isToBeMadeAnew("1"))
                .isFalse();
    }

    @Test
    void isOfOneRepository() {
        assertThat(Judgement.name(IMAGE)).isNotEqualTo(Judgement.name(new NamedImage("shop/copy", IMAGE.digest())));
    }

    private static Judgement judged(Result result, String where, String why) {
        var verdicts = Arrays.stream(Rule.values())
                .map(rule -> rule == Rule.STATIC
                        ? new Verdict(rule, result, 2, where, why)
                        : new Verdict(rule, Result.PASSED, 0, "", ""))
                .toList();
        return Judgement.of(IMAGE, LIST, new Verdicts(IMAGE.toString(), IMAGE.digest(), "", verdicts));
    }
}
