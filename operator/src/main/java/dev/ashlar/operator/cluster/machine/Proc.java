package dev.ashlar.operator.cluster.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the kernel says about processes, in {@code /proc}. */
public final class Proc {
    private static final int STATE = 0;
    private static final int START = 19;
    private static final int RESIDENT_PAGES = 21;
    private static final long PAGE = 4096;

    private Proc() {}

    /** When the process started, in clock ticks since boot; empty when it is gone or only waits to be reaped. */
    public static OptionalLong start(long pid) {
        String[] fields = stat(pid);
        boolean gone = fields.length == 0 || fields[STATE].equals("Z") || fields[STATE].equals("X");
        return gone ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
    }

    /** Resident memory in bytes, 0 when the process is gone. */
    public static long memory(long pid) {
        String[] fields = stat(pid);
        return fields.length == 0 ? 0 : Long.parseLong(fields[RESIDENT_PAGES]) * PAGE;
    }

    /** Differs after each boot, so that a process id from before cannot be mistaken for one of now. */
    public static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields of {@code /proc/PID/stat} from the third on, since the second may hold spaces. */
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
