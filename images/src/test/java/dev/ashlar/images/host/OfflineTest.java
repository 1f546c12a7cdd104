package dev.ashlar.images.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineTest {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C");

    @TempDir
    private Path folder = Path.of("");

    private final Offline offline = new Offline(new Progress(line -> {}));

    @BeforeEach
    void needsNamespaces() {
        assumeThat(Offline.isPossible())
                .as("the kernel permits network namespaces")
                .isTrue();
    }

    @Test
    void reachesNotEvenTheLoopbackOfTheMachine() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "/dev/tcp/127.0.0.1/" + server.getLocalPort();
            Command connect = command("exec 3<>" + address);
            assertThat(connect.run().ok()).as("with the network").isTrue();
            assertThatThrownBy(() -> offline.mustRun(connect, "image web"))
                    .isInstanceOf(BuildException.class)
                    .hasMessageStartingWith(
                            "image web: bash -c failed (exit 1) because it asked for the network, which no"
                                    + " build has: name what it wants as a source in image.yaml")
                    .hasMessageContaining("Network is unreachable");
        }
    }

    @Test
    void runsAsTheSameUserInTheSameFolder() {
        Command command = command("echo $(id -u) $PWD; exit 3");
        Command.Result outside = command.run();
        assertThat(offline.run(command)).isEqualTo(outside);
        assertThat(outside.exit()).isEqualTo(3);
    }

    private Command command(String script) {
        return new Command(folder, PATH, List.of("bash", "-c", script), folder.resolve("log"));
    }
}
