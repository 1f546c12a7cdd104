package dev.ashlar.operator.rollback;

import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.rollout.Rollouts;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to an earlier revision, and on again. */
@Command(
        name = "rollback",
        description =
                "Runs an earlier revision of a Site, or of a Service without one, exactly as it ran, until --end: writes spec.rollbackTo.")
public final class RollbackCommand implements Callable<Integer> {
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("ashlar-rollback")
            .build();

    @Mixin
    private final Named named = new Named();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "REVISION",
            description = "The number of the revision; else the one that answered before what runs.")
    private @Nullable Integer revision;

    @Option(names = "--end", description = "Runs the spec again: removes spec.rollbackTo.")
    private boolean end;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait until it answers (${DEFAULT-VALUE}).")
    private int timeout = 120;

    @Override
    public Integer call() {
        if (end && revision != null) {
            throw new Failure("--end runs the spec again, and takes no revision");
        }
        try (KubernetesClient client = Connection.open()) {
            Revised revised = named.find(client);
            System.out.println(end ? end(client, revised) : rollBack(client, revised));
        }
        return 0;
    }

    private String rollBack(KubernetesClient client, Revised revised) {
        int number = (revision == null ? revised.former() : revised.find(revision)).number();
        write(client, revised, Integer.toString(number));
        return "%s runs revision %d, until `ashlar rollback %s --end`"
                .formatted(revised.target(), number, revised.target().name());
    }

    private String end(KubernetesClient client, Revised revised) {
        if (revised.rollbackTo() == null) {
            return revised.target() + " is not held back";
        }
        write(client, revised, "null");
        return revised.target() + " runs its spec";
    }

    private void write(KubernetesClient client, Revised revised, String value) {
        var target = revised.target();
        client.genericKubernetesResources(target.kind().context())
                .inNamespace(target.namespace())
                .withName(target.name())
                .patch(MERGE, "{\"spec\":{\"rollbackTo\":%s}}".formatted(value));
        new Rollouts(client, Progress.onStderr(), Duration.ofSeconds(timeout)).await(List.of(target));
    }
}
