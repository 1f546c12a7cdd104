package dev.ashlar.operator.trust;

import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the cluster's own CA into the stores of this machine, or takes it out of them. */
@Command(
        name = "trust",
        description = "Has this machine trust the cluster's own CA, so that https shows no warning, and then lets http"
                + " lead to https. The CA's key stays in the cluster.")
public final class TrustCommand implements Callable<Integer> {
    private static final String NAMESPACE = "ashlar-system";
    /** The field manager of what a person says by this command. */
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("ashlar-trust")
            .withForce(true)
            .build();

    private static final String OPERATOR = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: operator, namespace: ashlar-system}
            spec: {template: {spec: {containers: [{name: operator, env: [%s]}]}}}
            """;
    private static final String TRUSTED = "{name: ASHLAR_CA_TRUSTED, value: \"true\"}";

    @Option(names = "--print", description = "Only print the CA's certificate, for another machine or a browser.")
    private boolean print;

    @Option(names = "--undo", description = "Take it out of the stores again, and let http be.")
    private boolean undo;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = Connection.open()) {
            if (print) {
                out.print(certificate(client));
            } else if (undo) {
                TrustStores.ofHost().remove();
                tell(client, "");
                out.println("This machine does not trust the cluster's CA any more, and http is left as it is.");
            } else {
                Optional<Path> unknown = TrustStores.ofHost().add(certificate(client));
                tell(client, TRUSTED);
                out.println(
                        "This machine trusts the cluster's CA, and http leads to https as soon as the operator runs again.");
                unknown.ifPresent(file -> out.printf(
                        "A browser with a store of its own needs it too: import %s there, or install certutil (libnss3-tools) and run this again.%n",
                        file));
            }
        }
        out.flush();
        return 0;
    }

    private static String certificate(KubernetesClient client) {
        var told =
                client.configMaps().inNamespace(NAMESPACE).withName("gateway").get();
        return Optional.ofNullable(told)
                .flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get("ca.crt")))
                .orElseThrow(
                        () -> new Failure(
                                "the gateway has told of no CA yet; see why: `kubectl -n ashlar-system logs deployment/gateway`"));
    }

    private static void tell(KubernetesClient client, String setting) {
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("operator")
                .patch(APPLY, OPERATOR.formatted(setting));
    }
}
