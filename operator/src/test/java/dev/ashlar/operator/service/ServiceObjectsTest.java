package dev.ashlar.operator.service;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Golden;
import dev.ashlar.operator.service.object.ServicePods;
import dev.ashlar.operator.service.plan.ClusterNetwork;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Service's objects look like: one case for each rule of the spec. */
class ServiceObjectsTest {
    private static final ClusterNetwork NETWORK =
            new ClusterNetwork(List.of("198.18.0.2/32", "198.18.64.0/20"), List.of("ashlar-system"));

    static Stream<Path> cases() {
        return Golden.cases("service");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesTheObjectsOfTheCase(Path folder) throws IOException {
        ServicePlan plan = ServicePlan.of(Golden.in(folder, Service.class));
        ServiceObjects made = ServiceObjects.of(plan, NETWORK);
        Map<String, HasMetadata> objects = new TreeMap<>();
        Stream.of(made.supports(), made.steps(), List.of(made.workload()))
                .flatMap(List::stream)
                .forEach(object -> objects.put(file(plan, object), object));
        Golden.matches(folder, objects);
    }

    /** The kind, and what the object's name has beyond the Service's; a hash in it says nothing to a reader. */
    private static String file(ServicePlan plan, HasMetadata object) {
        String kind = object.getKind().toLowerCase(Locale.ROOT);
        String name = object.getMetadata().getName();
        String rest = name.startsWith(plan.name()) ? name.substring(plan.name().length()) : "-" + name;
        return switch (object) {
            case Job job -> kind + step(job);
            case ConfigMap files -> kind;
            default -> kind + rest;
        };
    }

    private static String step(Job job) {
        String step = job.getSpec().getTemplate().getMetadata().getLabels().get(ServicePods.STEP);
        return step == null ? "" : "-" + step;
    }
}
