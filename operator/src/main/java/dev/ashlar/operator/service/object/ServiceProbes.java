package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Check;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/** The probes of a Service's container: start and readiness by one check, a restart only by its own. */
public final class ServiceProbes {
    /** Seconds that an answer may take. */
    private static final int SOON = 2;
    /** A busy node is no reason to end a container. */
    private static final int PATIENTLY = 10;

    private ServiceProbes() {}

    static void add(ServicePlan plan, ContainerBuilder container) {
        if (plan.ready() != null) {
            container
                    .withStartupProbe(probe(plan.ready(), 1, SOON, (int)
                            Math.max(1, plan.startWithin().toSeconds())))
                    .withReadinessProbe(probe(plan.ready(), 5, SOON, 3));
        }
        if (plan.live() != null) {
            container.withLivenessProbe(probe(plan.live(), 10, PATIENTLY, 3));
        }
    }

    /** What a check does, for a message: {@code GET /healthz on port http}. */
    public static String describe(Check check) {
        return switch (check) {
            case Check.Http http -> "GET %s on port %s".formatted(http.path(), http.port());
            case Check.Tcp tcp -> "a connection to port " + tcp.port();
            case Check.Exec exec -> "`%s`".formatted(String.join(" ", exec.command()));
        };
    }

    private static Probe probe(Check check, int periodSeconds, int timeoutSeconds, int failures) {
        var probe = new ProbeBuilder()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(timeoutSeconds)
                .withFailureThreshold(failures);
        return switch (check) {
            case Check.Http http ->
                probe.withNewHttpGet()
                        .withPath(http.path())
                        .withPort(new IntOrString(http.port()))
                        .endHttpGet()
                        .build();
            case Check.Tcp tcp ->
                probe.withNewTcpSocket()
                        .withPort(new IntOrString(tcp.port()))
                        .endTcpSocket()
                        .build();
            case Check.Exec exec ->
                probe.withNewExec().withCommand(exec.command()).endExec().build();
        };
    }
}
