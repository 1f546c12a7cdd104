package dev.ashlar.images.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Room on the disk: checked before a build, and recognised as the cause when one fails. */
public final class Space {
    private Space() {}

    /** Refuses to start when the disk of this folder has less than these MiB free. */
    public static void require(Path folder, long mebibytes) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() >> 20 < mebibytes) {
            throw exhausted(folder, mebibytes, null);
        }
    }

    /** Whether the failure, or one below it, is a full disk, seen by us or told by a compiler. */
    public static boolean isExhausted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.toLowerCase(java.util.Locale.ROOT).contains("no space left on device")) {
                return true;
            }
        }
        return false;
    }

    public static BuildException exhausted(Path folder, long mebibytes, @Nullable Throwable cause) {
        String message = "no space left on %s, %d MiB needed at least; free some or set XDG_CACHE_HOME to a larger disk"
                .formatted(folder, mebibytes);
        return cause == null ? new BuildException(message) : new BuildException(message, cause);
    }
}
