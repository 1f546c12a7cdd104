package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why an image cannot be pulled, by the container runtime's words; of them only the kind counts. */
final class PullTrouble {
    private static final Pattern NO_PLATFORM = Pattern.compile("no match for platform");
    private static final Pattern FORBIDDEN = Pattern.compile("unauthorized|denied|40[13] |authorization failed");
    private static final Pattern NO_ANSWER = Pattern.compile(
            "connection refused|i/o timeout|no such host|connection reset|deadline exceeded| EOF|50[0-9] ");

    private PullTrouble() {}

    /** @param words of the kubelet, null where it says none */
    static Outcome.Waiting explain(ServicePlan plan, Pod pod, @Nullable String words) {
        String said = words == null ? "" : words;
        if (NO_PLATFORM.matcher(said).find()) {
            return new Outcome.Waiting(
                    ServiceReason.WrongArchitecture,
                    "Image %s of Service %s is not made for the processor of node %s; name the digest of an image that is, or of an index with one for each (`kubectl get nodes -L kubernetes.io/arch` shows which there are)."
                            .formatted(
                                    plan.writtenImage(),
                                    plan.name(),
                                    pod.getSpec().getNodeName()));
        }
        return new Outcome.Waiting(
                ServiceReason.ImageUnavailable,
                "Image %s of Service %s %s; details: `kubectl -n %s describe pod %s`."
                        .formatted(
                                plan.writtenImage(),
                                plan.name(),
                                whatToDo(said),
                                plan.namespace(),
                                pod.getMetadata().getName()));
    }

    private static String whatToDo(String said) {
        if (FORBIDDEN.matcher(said).find()) {
            return "may not be pulled; bring it into the cluster's registry (`ashlar image mirror`)";
        }
        if (NO_ANSWER.matcher(said).find()) {
            return "cannot be pulled, since the registry does not answer; the cluster's own is in namespace ashlar-system";
        }
        return "is not found in the registry; check its digest, or publish it (`ashlar publish` for content, `ashlar image build` for an image of the tree)";
    }
}
