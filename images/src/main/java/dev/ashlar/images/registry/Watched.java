package dev.ashlar.images.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream that fails when its other end sends nothing for a minute, which the JDK's client would wait for without end. */
final class Watched extends FilterInputStream {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Duration limit;
    private volatile long since = System.nanoTime();
    private volatile boolean waiting;
    private volatile boolean stalled;
    private volatile boolean ended;
    private boolean guarded;

    Watched(InputStream in, Duration limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!guarded) {
            guarded = true;
            Thread.ofVirtual().name("watch").start(this::guard);
        }
        since = System.nanoTime();
        waiting = true;
        try {
            int count = in.read(into, offset, length);
            ended |= count < 0;
            return count;
        } catch (IOException e) {
            throw stalled ? new IOException("it sent nothing for %d s".formatted(limit.toSeconds()), e) : e;
        } finally {
            waiting = false;
        }
    }

    private void guard() {
        try {
            while (!ended) {
                Thread.sleep(limit.dividedBy(20));
                if (waiting && System.nanoTime() - since > limit.toNanos()) {
                    stalled = true;
                    close();
                }
            }
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt(); // the stream is closed: the reader has its own exception
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        super.close();
    }
}
