package dev.ashlar.operator.connection;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One forwarded connection: what the socket says goes to the pod's port in messages, one at a time, and back. */
final class PodStream implements WebSocket.Listener {
    private static final String PROTOCOL = "v4.channel.k8s.io";
    private static final int MESSAGE = 32 << 10;
    private static final byte DATA = 0;
    private static final int ANNOUNCEMENTS = 2; // the port number, once for each channel
    private static final long PAUSE_NANOS = 50_000;

    private final Socket socket;
    private final Consumer<PodStream> whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private int received;

    PodStream(Socket socket, Consumer<PodStream> whenClosed) {
        this.socket = socket;
        this.whenClosed = whenClosed;
    }

    /** Forwards until either end closes; the caller's thread carries what goes to the pod. */
    void connect(HttpClient http, URI uri) {
        try {
            WebSocket pod = http.newWebSocketBuilder()
                    .uri(uri)
                    .subprotocol(PROTOCOL)
                    .buildAsync(this)
                    .join();
            sendAll(pod);
            pod.sendClose(1000, "");
        } catch (IOException | CompletionException | CancellationException e) {
            // The socket closes without an answer, which is how its client learns of it.
        } finally {
            close();
        }
    }

    private void sendAll(WebSocket pod) throws IOException {
        byte[] message = new byte[MESSAGE];
        message[0] = DATA;
        for (int read = read(message); read > 0; read = read(message)) {
            while (pod.queueSize() > 0 && !closed.get()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (!pod.send(ByteBuffer.wrap(message, 0, 1 + read))) {
                throw new IOException("the API server ended the forward");
            }
        }
    }

    private int read(byte[] message) throws IOException {
        return socket.getInputStream().read(message, 1, MESSAGE - 1);
    }

    @Override
    public void onMessage(WebSocket pod, ByteBuffer message) {
        received++;
        if (received <= ANNOUNCEMENTS) {
            pod.request();
            return;
        }
        if (!message.hasRemaining() || message.get() != DATA) {
            close();
            return;
        }
        byte[] data = new byte[message.remaining()];
        message.get(data);
        try {
            socket.getOutputStream().write(data);
            pod.request();
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void onClose(WebSocket pod, int code, String reason) {
        close();
    }

    @Override
    public void onError(WebSocket pod, Throwable error) {
        close();
    }

    /** Ends both directions; again has no effect. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            whenClosed.accept(this);
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more either way.
            }
        }
    }
}
