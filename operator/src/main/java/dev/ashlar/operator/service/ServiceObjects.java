package dev.ashlar.operator.service;

import dev.ashlar.operator.service.object.ServiceBudget;
import dev.ashlar.operator.service.object.ServiceClaims;
import dev.ashlar.operator.service.object.ServiceCronJob;
import dev.ashlar.operator.service.object.ServiceDaemonSet;
import dev.ashlar.operator.service.object.ServiceDeployment;
import dev.ashlar.operator.service.object.ServiceFiles;
import dev.ashlar.operator.service.object.ServiceJob;
import dev.ashlar.operator.service.object.ServicePeers;
import dev.ashlar.operator.service.object.ServicePolicy;
import dev.ashlar.operator.service.object.ServicePorts;
import dev.ashlar.operator.service.object.ServicePublication;
import dev.ashlar.operator.service.object.ServiceStatefulSet;
import dev.ashlar.operator.service.object.ServiceStep;
import dev.ashlar.operator.service.plan.ClusterNetwork;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * Every object that a Service is to have.
 *
 * @param supports what the pods need, in the order in which it is put in place
 * @param steps the Jobs that end well before the pods of this revision start
 * @param workload what makes the pods
 */
record ServiceObjects(List<HasMetadata> supports, List<Job> steps, HasMetadata workload) {

    static ServiceObjects of(ServicePlan plan, ClusterNetwork network) {
        return new ServiceObjects(
                supports(plan, network),
                plan.before().stream().map(step -> ServiceStep.job(plan, step)).toList(),
                workload(plan));
    }

    /** Whether the spec asks for an object of this kind and name. */
    boolean hold(HasMetadata object) {
        return isTwin(workload, object)
                || supports.stream().anyMatch(each -> isTwin(each, object))
                || steps.stream().anyMatch(each -> isTwin(each, object));
    }

    private static List<HasMetadata> supports(ServicePlan plan, ClusterNetwork network) {
        List<HasMetadata> supports = new ArrayList<>(ServiceClaims.claims(plan));
        if (!plan.plainFiles().isEmpty()) {
            supports.add(ServiceFiles.configMap(plan));
        }
        supports.add(ServicePolicy.policy(plan, network));
        if (plan.run() instanceof Run.Stateful) {
            supports.add(ServicePeers.service(plan));
        }
        if (!plan.ports().isEmpty()) {
            supports.add(ServicePorts.service(plan));
            supports.addAll(ServicePublication.services(plan));
        }
        if (plan.replicas() > 1) {
            supports.add(ServiceBudget.budget(plan));
        }
        return supports;
    }

    private static HasMetadata workload(ServicePlan plan) {
        return switch (plan.run()) {
            case Run.Replicated run -> ServiceDeployment.deployment(plan, run);
            case Run.Stateful run -> ServiceStatefulSet.statefulSet(plan, run);
            case Run.PerNode run -> ServiceDaemonSet.daemonSet(plan);
            case Run.Scheduled run -> ServiceCronJob.cronJob(plan, run);
            case Run.Once run -> ServiceJob.job(plan, run);
        };
    }

    private static boolean isTwin(HasMetadata one, HasMetadata other) {
        return one.getKind().equals(other.getKind())
                && one.getMetadata().getName().equals(other.getMetadata().getName());
    }
}
