package dev.ashlar.operator.catalogue;

import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A pod that is ready, for as long as this is open.
 *
 * @param ip where other pods reach it
 */
record RunningPod(PodResource pod, String ip) implements AutoCloseable {
    private static final long EXEC_SECONDS = 60;

    /** How a program ended that was started in the pod. */
    record Result(int code, String out, String err) {}

    /** Runs a program of the image in the pod. */
    Result exec(String... command) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (ExecWatch watch = pod.writingOutput(out).writingError(err).exec(command)) {
            int code = watch.exitCode().get(EXEC_SECONDS, TimeUnit.SECONDS);
            return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    /** The reference by which the container runtime pulled. */
    String image() {
        return pod.require().getSpec().getContainers().getFirst().getImage();
    }

    /** A way from this machine to a port of the pod. */
    LocalPortForward forward(int port) {
        return pod.portForward(port);
    }

    /** Sends bytes to a port of the pod and returns the first answer, of at most 64 KiB. */
    String ask(int port, String request) throws IOException {
        try (LocalPortForward forward = forward(port);
                Socket socket = new Socket(forward.getLocalAddress(), forward.getLocalPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[1 << 16];
            int length = socket.getInputStream().read(answer);
            return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }

    /** Fetches a page by plain HTTP. */
    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (LocalPortForward forward = forward(port);
                HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create("http://localhost:" + forward.getLocalPort() + path);
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        }
    }

    String log() {
        return pod.getLog();
    }

    @Override
    public void close() {
        pod.withGracePeriod(0).delete();
    }
}
