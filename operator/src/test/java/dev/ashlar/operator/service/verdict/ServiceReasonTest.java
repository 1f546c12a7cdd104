package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.history.HistoryReason;
import dev.ashlar.operator.policy.PolicyReason;
import dev.ashlar.operator.validation.Reference;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceReasonTest {
    @Test
    void theReferenceExplainsEveryReason() throws IOException {
        Reference.of("service")
                .checkReasons(Stream.of(ServiceReason.values(), HistoryReason.values(), PolicyReason.values())
                        .flatMap(Stream::of)
                        .toArray(Enum<?>[]::new));
    }
}
