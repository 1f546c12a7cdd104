package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.policy.PolicyReason;
import dev.ashlar.operator.validation.Reference;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceReasonTest {
    @Test
    void theReferenceExplainsEveryReason() throws IOException {
        Reference.of("service")
                .checkReasons(Stream.concat(Stream.of(ServiceReason.values()), Stream.of(PolicyReason.values()))
                        .toArray(Enum<?>[]::new));
    }
}
