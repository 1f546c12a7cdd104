package dev.ashlar.operator.site;

import dev.ashlar.operator.validation.Reference;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SiteReasonTest {
    @Test
    void theReferenceExplainsEveryReason() throws IOException {
        Reference.of("site").checkReasons(SiteReason.values());
    }
}
