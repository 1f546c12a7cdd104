package dev.ashlar.operator.connection;

import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens the client of a command: it gives up after seconds, since a person waits. */
public final class Connection {
    private Connection() {}

    public static KubernetesClient open() {
        return open(Kubeconfig.value());
    }

    static KubernetesClient open(String kubeconfig) {
        Path file = Arrays.stream(kubeconfig.split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new Failure(kubeconfig + " cannot be read; run `make up`"));
        return open(file);
    }

    /** A client by the current context of one file. */
    public static KubernetesClient open(Path file) {
        Config config = Config.fromKubeconfig(file.toFile());
        config.setConnectionTimeout(5_000);
        config.setRequestRetryBackoffLimit(2);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }
}
