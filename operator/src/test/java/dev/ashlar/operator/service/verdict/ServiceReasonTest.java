package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.validation.Reference;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServiceReasonTest {
    @Test
    void theReferenceExplainsEveryReason() throws IOException {
        Reference.of("service").checkReasons(ServiceReason.values());
    }
}
