package dev.ashlar.images.registry;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Sends requests: with the login that the registry asks for, along redirects, again when that may help. */
final class Transport implements AutoCloseable {
    private static final int REDIRECTS = 5;

    private final RegistryTarget target;
    private final Progress progress;
    private final HttpClient client;
    private final Authorization authorization;

    Transport(RegistryTarget target, Progress progress) {
        this.target = target;
        this.progress = progress;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(target.tls())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.authorization = new Authorization(target, this::once);
    }

    /** The answer, whatever its status; a {@link BuildException} when there is none after some tries. */
    Answer send(Request request) {
        Patience patience = new Patience(target, request, progress);
        while (true) {
            try {
                return answered(request, patience);
            } catch (IOException e) {
                patience.afterFailure(e);
            }
        }
    }

    /** As {@link #send}, for what must not be repeated after the connection broke. */
    Answer sendOnce(Request request) throws IOException {
        return answered(request.once(), new Patience(target, request.once(), progress));
    }

    private Answer answered(Request request, Patience patience) throws IOException {
        Answer answer = authorized(request);
        while (patience.repeats(answer)) {
            answer = authorized(request);
        }
        return answer;
    }

    private Answer authorized(Request request) throws IOException {
        Answer answer = redirected(request, authorization.header());
        if (answer.status() == 401) {
            Optional<String> better = authorization.forChallenge(answer);
            if (better.isPresent()) {
                answer.explanation(); // reads the rest, so that the connection is used again
                return redirected(request, better);
            }
        }
        return answer;
    }

    /** A redirect of what is read leads to a storage service, which gets no login of ours. */
    private Answer redirected(Request request, Optional<String> login) throws IOException {
        Answer answer = once(request, login);
        URI at = request.uri();
        for (int i = 0; i < REDIRECTS && request.reads() && isRedirect(answer.status()); i++) {
            URI next = at.resolve(answer.header("Location"));
            boolean sameHost = String.valueOf(next.getAuthority()).equals(at.getAuthority());
            if (!"https".equals(next.getScheme()) && !(sameHost && RegistryTarget.isLoopback(next))) {
                throw new IOException("it redirects to %s, which is not encrypted".formatted(next.getAuthority()));
            }
            answer.close();
            answer = once(request.to(next), sameHost ? login : Optional.empty());
            at = next;
        }
        return answer;
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private Answer once(Request request, Optional<String> login) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .timeout(request.timeout())
                .method(request.method(), request.body().get());
        request.headers().forEach(builder::header);
        login.ifPresent(value -> builder.header("Authorization", value));
        try {
            HttpResponse<InputStream> response = client.send(builder.build(), BodyHandlers.ofInputStream());
            return new Answer(response.statusCode(), response.headers(), new Watched(response.body(), Watched.LIMIT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted; run the command again", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
