package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class GiteaIT {
    private static final int PORT = 3000;
    private static final String CONFIG = "/etc/gitea/app.ini";
    private static final String PASSWORD = "mortar-and-pestle";
    private static final String SETTINGS = """
            WORK_PATH = /data
            [server]
            ROOT_URL = http://localhost:3000/
            [database]
            DB_TYPE = sqlite3
            PATH = /data/gitea.db
            [security]
            INSTALL_LOCK = true
            SECRET_KEY = only-of-this-test
            INTERNAL_TOKEN = only-of-this-test-too
            [oauth2]
            JWT_SECRET = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            """;
    private static final Pattern STYLE = Pattern.compile("href=\"(/assets/css/index\\.[^\"]+\\.css)");
    private final Pods pods;

    GiteaIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void aCommitIsPushedByGitAndShownOnItsPage() throws Exception {
        Workload server = Workload.of("gitea")
                .args("web", "--config", CONFIG)
                .file(CONFIG, SETTINGS)
                .memory("512Mi")
                .port(PORT);
        Workload client = Workload.of("git")
                .args("daemon", "--base-path=/data", "--port=9418") // which keeps its pod
                .env("GIT_AUTHOR_NAME", "A. Mason")
                .env("GIT_AUTHOR_EMAIL", "mason@example.org")
                .env("GIT_COMMITTER_NAME", "A. Mason")
                .env("GIT_COMMITTER_EMAIL", "mason@example.org")
                .port(9418);
        try (RunningPod gitea = pods.start(server);
                RunningPod git = pods.start(client)) {
            String page = gitea.get(PORT, "/").body();
            Matcher style = STYLE.matcher(page);
            assertThat(style.find()).describedAs(page).isTrue();
            assertThat(gitea.get(PORT, style.group(1)).body()).contains("--color-primary");

            succeeds(gitea.exec(
                    "/gitea",
                    "--config",
                    CONFIG,
                    "admin",
                    "user",
                    "create",
                    "--admin",
                    "--username",
                    "mason",
                    "--password",
                    PASSWORD,
                    "--email",
                    "mason@example.org",
                    "--must-change-password=false"));
            assertThat(post(gitea, "/api/v1/user/repos", "{\"name\": \"wall\"}").statusCode())
                    .isEqualTo(201);

            String url = "http://mason:%s@%s:%d/mason/wall.git".formatted(PASSWORD, gitea.ip(), PORT);
            succeeds(git.exec("/usr/bin/git", "init", "/data/work"));
            succeeds(git.exec(
                    "/usr/bin/git", "-C", "/data/work", "commit", "--allow-empty", "--message", "A stone cut square"));
            succeeds(git.exec("/usr/bin/git", "-C", "/data/work", "push", url, "HEAD:main"));
            // The repository's hook tells Gitea, which looks at it a moment later.
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(gitea.get(PORT, "/mason/wall/commits/branch/main")
                                    .body())
                            .contains("A stone cut square"));
            assertThat(succeeds(git.exec("/usr/bin/git", "ls-remote", url, "main")))
                    .endsWith("refs/heads/main\n");
        }
    }

    /** What the program said, on either output. */
    private static String succeeds(RunningPod.Result result) {
        assertThat(result.code()).describedAs(result.out() + result.err()).isZero();
        return result.err() + result.out();
    }

    private static HttpResponse<String> post(RunningPod pod, String path, String json) throws Exception {
        String login = Base64.getEncoder().encodeToString(("mason:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (LocalPortForward forward = pod.forward(PORT);
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:%d%s".formatted(forward.getLocalPort(), path)))
                    .header("Authorization", "Basic " + login)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
