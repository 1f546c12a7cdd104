package dev.ashlar.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.operator.cluster.pki.Authority;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system's store; the one of browsers is left out, since certutil need not be there. */
class TrustStoresTest {
    @TempDir
    private Path folder;

    @Test
    void bringsTheCertificateInAndTakesItOut() throws IOException {
        TrustStores stores = stores("true");
        String pem = Authority.create("tests", Clock.systemUTC()).credential().certificatePem();
        stores.add(pem);
        Path file = folder.resolve("certificates/ashlar.crt");
        assertThat(file).hasContent(pem);
        stores.remove();
        assertThat(file).doesNotExist();
        stores.remove();
    }

    @Test
    void saysWhenTheMachineDoesNotTakeIt() {
        assertThatThrownBy(() -> stores("false").add("x"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("`false` failed with status 1");
    }

    private TrustStores stores(String update) {
        return new TrustStores(folder.resolve("certificates"), update, folder.resolve("nssdb"), List.of());
    }
}
