package dev.ashlar.operator.connection;

import dev.ashlar.images.Checkout;
import dev.ashlar.operator.terminal.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Where the cluster's address and our credential stand: KUBECONFIG when it is set, else the local cluster's file. */
public final class Kubeconfig {
    private Kubeconfig() {}

    /** The local cluster's file, whether it exists or not. */
    public static Path ofLocalCluster() {
        return Checkout.findCache().resolve("cluster").resolve("kubeconfig");
    }

    /** The value for KUBECONFIG that kubectl and our own client use; a {@link Failure} when no such file can be read. */
    public static String value() {
        return value(System.getenv(), ofLocalCluster());
    }

    static String value(Map<String, String> environment, Path local) {
        String given = environment.getOrDefault("KUBECONFIG", "");
        if (given.isBlank()) {
            if (!Files.isReadable(local)) {
                throw new Failure(
                        Files.exists(local)
                                ? local + " is not yours to read; run the command as the user who ran `make up`"
                                : "there is no cluster: %s does not exist; run `make up`, or set KUBECONFIG to another cluster's file"
                                        .formatted(local));
            }
            return local.toString();
        }
        if (Arrays.stream(given.split(File.pathSeparator)).noneMatch(file -> Files.isReadable(Path.of(file)))) {
            throw new Failure("KUBECONFIG is %s, which cannot be read; correct it, or unset it to use the local cluster"
                    .formatted(given));
        }
        return given;
    }
}
