package dev.ashlar.operator.service.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTimesTest {
    /** 2026-01-01 is a Thursday. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        17 4 * * *      | Etc/UTC       | 2026-01-01T04:17:00Z | 2026-01-02T04:17:00Z
        17 4 * * *      | Europe/Berlin | 2026-01-01T00:00:00Z | 2026-01-01T03:17:00Z
        */20 1-3 * * *  | Etc/UTC       | 2026-01-01T03:41:00Z | 2026-01-02T01:00:00Z
        5/20,59 0 * * * | Etc/UTC       | 2026-01-01T00:45:00Z | 2026-01-01T00:59:00Z
        0 0 * * 0       | Etc/UTC       | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z
        0 0 13 * 5      | Etc/UTC       | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
        0 0 29 2 *      | Etc/UTC       | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
        30 2 * * *      | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z
        """)
    void findsTheNextTime(String cron, String zone, Instant before, Instant next) {
        assertThat(CronTimes.of(cron, ZoneId.of(zone)).after(before)).contains(next);
    }

    @Test
    void findsNoneWhereNoSuchDayExists() {
        assertThat(CronTimes.of("0 0 31 2 *", ZoneId.of("Etc/UTC")).after(Instant.EPOCH))
                .isEmpty();
    }
}
