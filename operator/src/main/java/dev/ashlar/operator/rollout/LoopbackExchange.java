package dev.ashlar.operator.rollout;

import dev.ashlar.operator.connection.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One GET to a host under localhost. Browsers take every such name for this machine (RFC 6761) while most resolvers do not, and the JDK's HTTP
 * client asks a resolver. HTTP/1.0, so that the answer ends with the connection.
 *
 * @param location where to go on for a redirect
 */
record LoopbackExchange(int status, Optional<String> location, byte[] body) {
    private static final int TIMEOUT_MILLIS = 5000;
    /** Read once, and only where something is encrypted. */
    private static final class Machine {
        /** What the machine trusts, with whatever {@code make trust} added; Debian's place for it. */
        private static final Path CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");

        private static final SSLSocketFactory TRUST = trust();

        private static SSLSocketFactory trust() {
            try {
                return Files.exists(CERTIFICATES)
                        ? Trust.only(Files.readString(CERTIFICATES)).getSocketFactory()
                        : (SSLSocketFactory) SSLSocketFactory.getDefault();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static boolean isFor(URI url) {
        return url.getHost().toLowerCase(Locale.ROOT).endsWith(".localhost");
    }

    static LoopbackExchange get(URI url) throws IOException {
        boolean encrypted = url.getScheme().equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : encrypted ? 443 : 80;
        try (Socket plain = new Socket()) {
            plain.setSoTimeout(TIMEOUT_MILLIS);
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            Socket socket = encrypted ? encrypted(plain, url.getHost(), port) : plain;
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
            String request = "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n".formatted(target, url.getRawAuthority());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return of(socket.getInputStream().readAllBytes());
        }
    }

    private static LoopbackExchange of(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.")) {
            throw new IOException("the answer is not one of HTTP");
        }
        String[] head = text.substring(0, end).split("\r\n");
        Optional<String> location = Stream.of(head)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                .map(line -> line.substring("location:".length()).strip())
                .findFirst();
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new LoopbackExchange(Integer.parseInt(head[0].split(" ")[1]), location, body);
    }

    private static SSLSocket encrypted(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) Machine.TRUST.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }
}
