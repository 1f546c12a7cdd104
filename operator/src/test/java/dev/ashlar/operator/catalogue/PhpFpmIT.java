package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class PhpFpmIT {
    private final Pods pods;

    PhpFpmIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void aPageOfPhpIsServedThroughNginx() throws Exception {
        Workload php = Workload.of("php-fpm").port(9000).file("/app/index.php", """
                        <?php
                        $missing = array_filter(
                            ["curl", "gd", "intl", "mbstring", "pdo_mysql", "pdo_pgsql", "pdo_sqlite", "xml", "Zend OPcache"],
                            fn($name) => !extension_loaded($name));
                        echo (new PDO("sqlite::memory:"))->query("select upper('ashlar')")->fetchColumn();
                        echo ", missing: ", join(" ", $missing), ", ", iconv("UTF-8", "ISO-8859-1", "\\u{FC}") === "\\xFC" ? "iconv" : "";
                        echo ", ", date_create("2026-07-01", timezone_open("Europe/Berlin"))->format("T");
                        """);
        try (RunningPod application = pods.start(php);
                RunningPod nginx =
                        pods.start(Workload.of("nginx").port(8080).file("/etc/nginx/site.d/php.conf", """
                        location / {
                          fastcgi_pass %s:9000;
                          fastcgi_param SCRIPT_FILENAME /app/index.php;
                          fastcgi_param REQUEST_METHOD $request_method;
                        }
                        """.formatted(
                                        application.ip())))) {
            assertThat(nginx.get(8080, "/").body()).isEqualTo("ASHLAR, missing: , iconv, CEST");
        }
    }
}
