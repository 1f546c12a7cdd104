package dev.ashlar.operator.route;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes over the wire, which no well-behaved client would send in all cases.
 *
 * @param padding so many bytes go into one more header
 */
record RawRequest(
        @Nullable String method,
        String host,
        String path,
        @Nullable Map<String, String> headers,
        @Nullable String body,
        int padding) {
    private static final int TIMEOUT_MILLIS = 15_000;

    /** An answer: the last one of each header, and the body as it came, chunks and all. */
    record Answer(int status, Map<String, String> headers, String body) {
        static Answer of(String text) {
            int end = text.indexOf("\r\n\r\n");
            String[] head = text.substring(0, end).split("\r\n");
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < head.length; i++) {
                int colon = head[i].indexOf(':');
                headers.put(
                        head[i].substring(0, colon),
                        head[i].substring(colon + 1).strip());
            }
            return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, text.substring(end + 4));
        }
    }

    /** Opens a connection and writes the request; the caller reads. */
    Socket send(InetSocketAddress gateway) throws IOException {
        return send(connect(gateway));
    }

    /** The same over TLS, to a server that is trusted and has a certificate for the host. */
    Answer ask(InetSocketAddress gateway, SSLContext trust) throws IOException {
        try (Socket socket = send(encrypted(gateway, trust))) {
            return Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    /** The connection of such a request. */
    SSLSocket encrypted(InetSocketAddress gateway, SSLContext trust) throws IOException {
        SSLSocket socket =
                (SSLSocket) trust.getSocketFactory().createSocket(connect(gateway), host, gateway.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Socket connect(InetSocketAddress gateway) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(gateway, TIMEOUT_MILLIS);
        return socket;
    }

    private Socket send(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return socket;
    }

    /** Sends it and reads until the gateway ends the connection, as it may do with a reset where it did not read to the end. */
    Answer ask(InetSocketAddress gateway) throws IOException {
        var answer = new ByteArrayOutputStream();
        try (Socket socket = send(gateway)) {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            if (answer.size() == 0) {
                throw e;
            }
        }
        return Answer.of(answer.toString(StandardCharsets.ISO_8859_1));
    }

    private String text() {
        var text = new StringBuilder(
                "%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method == null ? "GET" : method, path, host));
        Map<String, String> all = new TreeMap<>(headers == null ? Map.of() : headers);
        all.putIfAbsent("Connection", "close");
        if (body != null) {
            all.putIfAbsent("Content-Length", Integer.toString(body.length()));
        }
        if (padding > 0) {
            all.put("X-Padding", "x".repeat(padding));
        }
        all.forEach((name, value) -> text.append("%s: %s\r\n".formatted(name, value)));
        return text.append("\r\n").append(body == null ? "" : body).toString();
    }
}
