package dev.ashlar.operator.site;

import dev.ashlar.operator.history.HistoryReason;
import dev.ashlar.operator.monitor.MonitorReason;
import dev.ashlar.operator.route.RouteReason;
import dev.ashlar.operator.validation.Reference;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SiteReasonTest {
    @Test
    void theReferenceExplainsEveryReason() throws IOException {
        Reference.of("site")
                .checkReasons(Stream.of(
                                SiteReason.values(),
                                RouteReason.values(),
                                MonitorReason.values(),
                                HistoryReason.values())
                        .flatMap(Stream::of)
                        .toArray(Enum<?>[]::new));
    }
}
