package dev.ashlar.operator.monitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One GET of a Site's front page at the gateway, whatever the Site's name is in the DNS: the JDK's HTTP client would ask for the name that it
 * connects to. A redirect is an answer and is not followed.
 *
 * @param gateway the host of the gateway in the cluster
 * @param http the port for plain HTTP
 * @param https the port for TLS
 * @param patience how long each part of an answer may take
 */
record Probe(String gateway, int http, int https, Duration patience) {
    private static final int SERVER_ERROR = 500;
    private static final String REQUEST =
            "GET / HTTP/1.1\r\nHost: %s\r\nUser-Agent: ashlar\r\nAccept: */*\r\nConnection: close\r\n\r\n";

    /** What the Site at this address does wrong, in words that follow its name; empty when it answers. */
    Optional<String> failure(URI url) {
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(patience.toMillis());
            boolean isEncrypted = url.getScheme().equals("https");
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(gateway, isEncrypted ? https : http), millis);
            int status = ask(isEncrypted ? AnyCertificate.over(socket, url.getHost()) : socket, url.getRawAuthority());
            return status < SERVER_ERROR ? Optional.empty() : Optional.of("answers with the status " + status);
        } catch (SocketTimeoutException late) {
            return Optional.of("does not answer within %d s".formatted(patience.toSeconds()));
        } catch (IOException e) {
            return Optional.of("cannot be reached through the gateway");
        }
    }

    private static int ask(Socket socket, String host) throws IOException {
        socket.getOutputStream().write(REQUEST.formatted(host).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = answer.readLine();
        if (line == null || !line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
            throw new IOException("the answer is not one of HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }
}
