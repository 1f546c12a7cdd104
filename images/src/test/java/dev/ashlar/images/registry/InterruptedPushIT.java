package dev.ashlar.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.oci.RandomImage;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real registry program behind a line that breaks in the middle of a layer. */
class InterruptedPushIT {
    private static final int LAYER = 4 << 20;
    private static final int HALF = LAYER / 2;

    @TempDir
    static Path folder;

    private static RegistryProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = RegistryProgram.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
    }

    @Test
    void aLineThatBreaksTwiceDelaysAPush() throws Exception {
        Layout image = RandomImage.write(folder, "twice", 1, LAYER);
        try (Relay relay = new Relay(program.base(), 2, HALF)) {
            push(relay, "twice", image);
            assertThat(relay.left()).isZero();
        }
        assertWhole("twice", image);
    }

    @Test
    void aPushThatIsCutOffIsNoImageAndTheNextOneCompletesIt() throws Exception {
        Layout image = RandomImage.write(folder, "cut", 2, LAYER);
        try (Relay relay = new Relay(program.base(), Integer.MAX_VALUE, HALF)) {
            assertThatThrownBy(() -> push(relay, "cut", image))
                    .hasRootCauseInstanceOf(java.io.IOException.class)
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("cannot upload blob sha256:")
                    .hasMessageContaining("see whether the registry runs, then try again");
        }
        try (Registry registry = new Registry(program.target("cut"))) {
            assertThat(registry.head(image.descriptor().digest())).isEmpty();
            registry.push(image);
        }
        assertWhole("cut", image);
    }

    private static void push(Relay relay, String repository, Layout image) throws Exception {
        RegistryTarget target = new RegistryTarget(relay.base(), SSLContext.getDefault(), Optional.empty(), repository);
        try (Registry registry = new Registry(target)) {
            registry.push(image);
        }
    }

    private static void assertWhole(String repository, Layout image) throws Exception {
        try (Registry registry = new Registry(program.target(repository))) {
            registry.manifest(image.descriptor().digest());
            for (Descriptor blob : image.manifest().blobs()) {
                try (InputStream content = registry.blob(blob)) { // which checks size and digest
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }
}
