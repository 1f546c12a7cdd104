package dev.ashlar.operator.connection;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards a port of the loopback address to a port of one pod, through the API server. Not by Fabric8's own forward: over the
 * JDK's client it drops what it sends while an earlier message still waits for the network, and a large upload arrives with holes.
 */
public final class PodForward implements AutoCloseable {
    private final KubernetesClient client;
    private final URI uri;
    private final ServerSocket listener;
    private final Set<PodStream> open = ConcurrentHashMap.newKeySet();

    private PodForward(KubernetesClient client, URI uri, ServerSocket listener) {
        this.client = client;
        this.uri = uri;
        this.listener = listener;
    }

    /** Listens on a free port until it is closed; each connection gets a stream of its own to the pod. */
    public static PodForward open(KubernetesClient client, Pod pod, int port) throws IOException {
        String path = "api/v1/namespaces/%s/pods/%s/portforward?ports=%d"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), port);
        URI uri = WebSocket.toWebSocketUri(URI.create(client.getMasterUrl() + path));
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PodForward forward = new PodForward(client, uri, listener);
        Thread.ofVirtual().name("forward-" + port).start(forward::acceptAll);
        return forward;
    }

    /** The port of the loopback address. */
    public int localPort() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                PodStream stream = new PodStream(socket, open::remove);
                open.add(stream);
                Thread.ofVirtual().start(() -> stream.connect(client.getHttpClient(), uri));
            } catch (IOException e) {
                return; // closed: nothing is forwarded any more
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(PodStream::close);
    }
}
