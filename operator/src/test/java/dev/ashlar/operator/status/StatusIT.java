package dev.ashlar.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.terminal.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClusterExtension.class)
class StatusIT {
    @Test
    void showsASiteInTheTableAndInFull(@TestNamespace String namespace, @TempDir Path work) throws Exception {
        Files.createDirectory(work.resolve("pages"));
        Files.writeString(work.resolve("pages/index.html"), "<title>Shown</title>");
        var ashlar = new Cli(work);
        assertThat(ashlar.run("publish", "pages", "--site", "shown", "-n", namespace)
                        .code())
                .isZero();

        assertThat(ashlar.run("status", "-n", namespace).out())
                .containsPattern(
                        "Site +shown +True +http://shown." + namespace + ".localhost:8080 +sha256:[0-9a-f]{12}");
        assertThat(ashlar.run("status", "shown", "-n", namespace).out())
                .contains("Site %s/shown   True".formatted(namespace))
                .containsPattern("shown-content +True +\\S+ +shown@sha256:[0-9a-f]{64}")
                .containsPattern("shown-content-\\S+ +Running");
    }

    @Test
    void namesWhatIsNotThere(@TestNamespace String namespace, @TempDir Path work) throws Exception {
        Cli.Result none = new Cli(work).run("status", "none", "-n", namespace);
        assertThat(none.err()).contains("there is no Site none in namespace " + namespace);
        assertThat(none.code()).isEqualTo(1);
    }
}
