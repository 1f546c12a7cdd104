package dev.ashlar.operator.service;

import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Golden;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Service's objects look like: one case for each rule of the spec. */
class ServiceObjectsTest {
    static Stream<Path> cases() {
        return Golden.cases("service");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesTheObjectsOfTheCase(Path folder) throws IOException {
        ServicePlan plan = ServicePlan.of(Golden.in(folder, Service.class));
        Map<String, HasMetadata> objects = new TreeMap<>();
        switch (plan.run()) {
            case Run.Always always -> objects.put("deployment", ServiceDeployment.deployment(plan));
            case Run.Scheduled run -> objects.put("cronjob", ServiceCronJob.cronJob(plan, run));
            case Run.Once run -> objects.put("job", ServiceJob.job(plan, run));
        }
        if (!plan.ports().isEmpty()) {
            objects.put("service", ServicePorts.service(plan));
        }
        if (!plan.files().isEmpty()) {
            objects.put("configmap", ServiceFiles.configMap(plan));
        }
        Golden.matches(folder, objects);
    }
}
