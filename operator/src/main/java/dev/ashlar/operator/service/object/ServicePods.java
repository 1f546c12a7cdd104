package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Priority;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.Exceptions;
import dev.ashlar.operator.service.plan.Revision;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.plan.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pods of a Service, by the rules that hold for every pod: nothing is writable but /tmp, nothing runs as root, nothing may ask for more. */
public final class ServicePods {
    /** On a pod that runs before the others: the name of its step. */
    public static final String STEP = "ashlar.dev/step";
    /** On a pod that has a name of its own. */
    static final String STATEFUL = "ashlar.dev/stateful";

    private static final long GROUP = 65532;
    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    private ServicePods() {}

    static PodTemplateSpec template(ServicePlan plan) {
        PodSpec spec = spec(plan, ServiceContainer.serving(plan));
        var labels = labels(plan, revision(plan, spec));
        if (plan.run() instanceof Run.Stateful) {
            labels.put(STATEFUL, "true");
        }
        return template(spec, labels);
    }

    /** The pod of one step: as the others, but that nothing asks it and that it ends. */
    static PodTemplateSpec template(ServicePlan plan, Step step) {
        PodSpec spec = spec(plan, ServiceContainer.step(plan, step));
        spec.setRestartPolicy("Never");
        spec.setTopologySpreadConstraints(null);
        var labels = labels(plan, revision(plan));
        labels.put(STEP, step.name());
        return template(spec, labels);
    }

    /** The hash of everything that the serving pods are made from, the files and Secrets included, so that a change of them rolls the pods. */
    public static String revision(ServicePlan plan) {
        return revision(plan, spec(plan, ServiceContainer.serving(plan)));
    }

    /** Steps are part of what lasts: new ones run before new pods. What ends by itself is not run again for the sake of a Secret. */
    private static String revision(ServicePlan plan, PodSpec spec) {
        var more = new ArrayList<Object>();
        if (!plan.before().isEmpty()) {
            more.add(plan.before());
        }
        if (plan.run() instanceof Run.Lasting && !plan.secrets().isEmpty()) {
            more.add(plan.secrets());
        }
        return Revision.of(spec, plan.files(), more.toArray());
    }

    private static PodTemplateSpec template(PodSpec spec, Map<String, String> labels) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private static Map<String, String> labels(ServicePlan plan, String revision) {
        var labels = new TreeMap<>(Labels.of(plan.owner()));
        labels.put(Labels.REVISION, revision);
        plan.site().ifPresent(site -> labels.put(Labels.SITE, site));
        labels.putAll(ServiceVolumes.neighbours(plan));
        return labels;
    }

    private static PodSpec spec(ServicePlan plan, Container container) {
        Exceptions exceptions = plan.exceptions();
        var spec = new PodSpecBuilder()
                .withRestartPolicy(plan.run() instanceof Run.Lasting ? null : "Never")
                .withServiceAccountName(exceptions.serviceAccount().orElse(null))
                .withAutomountServiceAccountToken(exceptions.serviceAccount().isPresent())
                .withEnableServiceLinks(false)
                .withPriorityClassName(priorityClass(plan.priority()))
                .withNewSecurityContext()
                .withRunAsNonRoot(exceptions.user() != 0)
                .withRunAsUser(exceptions.user())
                .withRunAsGroup(GROUP)
                .withFsGroup(GROUP)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container)
                .withVolumes(ServiceVolumes.volumes(plan))
                .withAffinity(ServiceVolumes.affinity(plan));
        return switch (plan.run()) {
            case Run.Replicated replicated ->
                spec.withTopologySpreadConstraints(spread(plan)).build();
            case Run.Stateful stateful ->
                spec.withTopologySpreadConstraints(spread(plan)).build();
            case Run.PerNode perNode -> onNodes(spec, perNode);
            case Run.Scheduled scheduled -> spec.build();
            case Run.Once once -> spec.build();
        };
    }

    private static PodSpec onNodes(PodSpecBuilder spec, Run.PerNode perNode) {
        if (perNode.controlPlane()) {
            spec.withTolerations(new TolerationBuilder()
                    .withKey(CONTROL_PLANE)
                    .withOperator("Exists")
                    .withEffect("NoSchedule")
                    .build());
        }
        return spec.withNodeSelector(perNode.nodes()).build();
    }

    /** Over the nodes as evenly as they have room; the same for one pod, so that scaling rolls nothing. */
    private static TopologySpreadConstraint spread(ServicePlan plan) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Map.of(Labels.OWNER, plan.name()))
                .endLabelSelector()
                .withMatchLabelKeys(Labels.REVISION)
                .build();
    }

    private static @Nullable String priorityClass(Priority priority) {
        return priority == Priority.NORMAL ? null : "ashlar-" + priority.name().toLowerCase(Locale.ROOT);
    }
}
