package dev.ashlar.operator.cluster;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Asks whether there is a Docker daemon, which a client without one also needs seconds to find out. */
final class Docker {
    private static final int PATIENCE_SECONDS = 5;

    private Docker() {}

    static boolean answers() {
        try {
            Process info = new ProcessBuilder("docker", "info", "--format", "{{.ServerVersion}}")
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
            if (!info.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                info.destroyForcibly();
                return false;
            }
            return info.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
