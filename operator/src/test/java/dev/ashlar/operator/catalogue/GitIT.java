package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class GitIT {
    private final Pods pods;

    GitIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void aCommitIsPushedToItsOwnServerAndCloned() throws Exception {
        Workload server = Workload.of("git")
                .args("daemon", "--base-path=/data", "--export-all", "--enable=receive-pack", "--port=9418")
                .env("GIT_AUTHOR_NAME", "A. Mason")
                .env("GIT_AUTHOR_EMAIL", "mason@example.org")
                .env("GIT_COMMITTER_NAME", "A. Mason")
                .env("GIT_COMMITTER_EMAIL", "mason@example.org")
                .port(9418);
        try (RunningPod git = pods.start(server)) {
            git(git, "init", "--bare", "/data/wall");
            git(git, "init", "/data/work");
            git(git, "-C", "/data/work", "commit", "--allow-empty", "--message", "A stone cut square");
            git(git, "-C", "/data/work", "push", "git://localhost/wall", "main");
            git(git, "clone", "git://localhost/wall", "/data/clone");
            assertThat(git(git, "-C", "/data/clone", "log", "--format=%an: %s"))
                    .isEqualTo("A. Mason: A stone cut square\n");
        }
    }

    @Test
    void knowsHowToSpeakHttps() throws Exception {
        Workload listing = Workload.of("git").args("ls-remote", "https://localhost:1/wall");
        assertThat(pods.run(listing).log()).contains("port 1").doesNotContain("is not a git command");
    }

    private static String git(RunningPod pod, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "/usr/bin/git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        RunningPod.Result result = pod.exec(command);
        assertThat(result.code()).describedAs(result.err()).isZero();
        return result.out();
    }
}
