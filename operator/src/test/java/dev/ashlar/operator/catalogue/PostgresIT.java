package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class PostgresIT {
    private final Pods pods;

    PostgresIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void makesItsClusterAndAnswersWhoHasThePassword() throws Exception {
        Workload database = Workload.of("postgres")
                .env("POSTGRES_PASSWORD", "stone")
                .port(5432)
                .memory("256Mi");
        try (RunningPod postgres = pods.start(database)) {
            String right = "postgres://postgres:stone@%s/postgres".formatted(postgres.ip());
            RunningPod.Result answer = psql(
                    postgres,
                    right,
                    "create table wall (stone text); insert into wall values ('ashlar'); select upper(stone) from wall");
            assertThat(answer.err()).isEmpty();
            assertThat(answer.out()).endsWith("ASHLAR\n");

            RunningPod.Result refused = psql(postgres, right.replace("stone@", "chalk@"), "select 1");
            assertThat(refused.err()).contains("password authentication failed");
            assertThat(refused.code()).isNotZero();
        }
    }

    @Test
    void hasNoShellForWhoMayRunProgramsFromSql() throws Exception {
        Workload database = Workload.of("postgres")
                .env("POSTGRES_PASSWORD", "stone")
                .port(5432)
                .memory("256Mi");
        try (RunningPod postgres = pods.start(database)) {
            RunningPod.Result answer =
                    psql(postgres, "postgres://postgres@/postgres", "copy (select 1) to program 'cat >/tmp/x'");
            assertThat(answer.err()).contains("program \"cat >/tmp/x\" failed");
        }
    }

    @Test
    void asksForAPasswordBeforeItMakesACluster() throws Exception {
        Pods.Finished finished = pods.run(Workload.of("postgres"));
        assertThat(finished.log()).contains("set POSTGRES_PASSWORD from a Secret");
        assertThat(finished.code()).isEqualTo(1);
    }

    private static RunningPod.Result psql(RunningPod pod, String url, String sql) throws Exception {
        return pod.exec("/usr/lib/postgresql/15/bin/psql", "--no-psqlrc", "-qAtX", "-c", sql, url);
    }
}
