package dev.ashlar.images.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A bad line to a server: it breaks as many connections as it is told, each after some bytes of the client. */
final class Relay implements AutoCloseable {
    private final ServerSocket socket;
    private final URI server;
    private final int bytes;
    private final AtomicInteger left;

    Relay(URI server, int breaks, int bytes) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.bytes = bytes;
        this.left = new AtomicInteger(breaks);
        Thread.ofVirtual().start(this::accept);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** How many connections are still to be broken. */
    int left() {
        return left.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
                Thread.ofVirtual().start(() -> pipe(client, behind, true));
                Thread.ofVirtual().start(() -> pipe(behind, client, false));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pipe(Socket from, Socket to, boolean breaks) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 14];
            int sum = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum += count;
                if (breaks && sum > bytes && left.getAndUpdate(many -> Math.max(0, many - 1)) > 0) {
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // the other end is gone, which ends this one too
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
