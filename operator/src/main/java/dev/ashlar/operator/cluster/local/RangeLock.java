package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held while the local cluster is changed: there is one range of addresses, so there is one such lock on a machine. */
final class RangeLock implements AutoCloseable {
    private final FileChannel channel;

    private RangeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, which goes with this process at the latest; waits, and says so, while another holds it. */
    static RangeLock take(Path run, Progress progress) throws IOException {
        Files.createDirectories(run);
        FileChannel channel = FileChannel.open(
                run.resolve("198.18.0.0-15.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            Progress.Step step = progress.start("turn");
            step.update("another `ashlar cluster` command is at work on this machine; waiting for its end");
            channel.lock();
            step.done("the other command has ended");
        }
        return new RangeLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
