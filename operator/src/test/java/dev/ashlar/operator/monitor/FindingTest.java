package dev.ashlar.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteStatus;
import dev.ashlar.operator.kube.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final Optional<String> LATE = Optional.of("does not answer within 10 s");
    private static final Optional<String> FAILS = Optional.of("answers with the status 500");
    private static final Optional<String> ANSWERS = Optional.empty();

    private final Site site = ProbedSite.ready("{routes: [{path: /, respond: 204}]}");

    @Test
    void anAnswerIsToldAtOnce() {
        assertThat(Finding.before(site).after(ANSWERS, site, START).told())
                .isEqualTo(new Outcome.Done("http://shop.team.localhost:8080 answers."));
    }

    @Test
    void oneFailureIsNotToldAndTheSecondInARowIs() {
        Finding well = Finding.before(site).after(ANSWERS, site, START);
        Finding once = well.after(LATE, site, START);
        assertThat(once.told()).isEqualTo(well.told());
        assertThat(once.after(ANSWERS, site, START).after(LATE, site, START).told())
                .isEqualTo(well.told());
        assertThat(once.after(FAILS, site, START.plusSeconds(60)).told())
                .isInstanceOfSatisfying(Outcome.Stalled.class, stalled -> {
                    assertThat(stalled.reason()).isEqualTo(MonitorReason.Unreachable);
                    assertThat(stalled.message())
                            .startsWith(
                                    "http://shop.team.localhost:8080 answers with the status 500 since 2026-01-01T00:00:00Z; see why: `kubectl -n team logs -l ashlar.dev/site=shop");
                });
    }

    @Test
    void whatIsToldOfAFailureStaysUntilThereIsAnAnswer() {
        Finding failed = Finding.before(site).after(FAILS, site, START).after(FAILS, site, START);
        assertThat(failed.after(LATE, site, START.plusSeconds(60))).isEqualTo(failed);
        assertThat(failed.after(ANSWERS, site, START).told()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void goesOnWithWhatTheOperatorBeforeTold() {
        assertThat(Finding.before(told("True", "It answers.")).told()).isEqualTo(new Outcome.Done("It answers."));
        assertThat(Finding.before(told("False", "It fails."))
                        .after(FAILS, site, START)
                        .told())
                .isEqualTo(new Outcome.Stalled(MonitorReason.Unreachable, "It fails."));
        assertThat(Finding.before(told("Unknown", "An earlier stage is not done."))
                        .told())
                .isNull();
    }

    private Site told(String status, String message) {
        var told = new Condition("Reachable", status, 1L, START.toString(), "Any", message);
        site.setStatus(new SiteStatus(1L, List.of(told), null, null, List.of(), Map.of(), List.of()));
        return site;
    }
}
