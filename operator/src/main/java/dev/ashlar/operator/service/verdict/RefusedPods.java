package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.plan.ServicePlan;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why the API server takes no pods of a Service, by the words that a controller got from it. */
record RefusedPods(ServicePlan plan) {
    private static final Pattern QUOTA =
            Pattern.compile("exceeded quota: ([^,]+), requested: (.+?), used: .+?, limited: (.+)");
    private static final Pattern UNCOUNTED =
            Pattern.compile("failed quota: ([^:]+): must specify ([^;]+?)( for: .*)?$");
    private static final Pattern SECURITY = Pattern.compile("violates PodSecurity \"([a-z]+)[^\"]*\": (.*)");
    private static final Pattern POLICY =
            Pattern.compile("ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)");
    /** The name of the pod that was not made differs with each attempt. */
    private static final Pattern FORBIDDEN = Pattern.compile("(?:pods )?\"[^\"]*\" is forbidden: (.*)");

    Outcome.Waiting explain(String words) {
        return quota(words)
                .or(() -> uncounted(words))
                .or(() -> security(words))
                .or(() -> policy(words))
                .orElseGet(() -> {
                    Matcher forbidden = FORBIDDEN.matcher(words);
                    return because(
                            ServiceReason.PodsRefused,
                            "The cluster refuses the pods of Service %s (%s); correct the spec or the namespace's limits.",
                            plan.name(),
                            forbidden.find() ? forbidden.group(1) : words);
                });
    }

    private Optional<Outcome.Waiting> quota(String words) {
        Matcher quota = QUOTA.matcher(words);
        return quota.find()
                ? Optional.of(because(
                        ServiceReason.QuotaExceeded,
                        "Quota %s of namespace %s, %s, leaves no room for a pod of Service %s, %s; raise the quota, or lower spec.resources or the number of pods.",
                        quota.group(1),
                        plan.namespace(),
                        quota.group(3),
                        plan.name(),
                        quota.group(2)))
                : Optional.empty();
    }

    private Optional<Outcome.Waiting> uncounted(String words) {
        Matcher quota = UNCOUNTED.matcher(words);
        return quota.find()
                ? Optional.of(because(
                        ServiceReason.QuotaExceeded,
                        "Quota %s of namespace %s counts %s, which the pods of Service %s do not set; take that out of the quota, or give the namespace a LimitRange with a default for it.",
                        quota.group(1),
                        plan.namespace(),
                        quota.group(2),
                        plan.name()))
                : Optional.empty();
    }

    private Optional<Outcome.Waiting> security(String words) {
        Matcher level = SECURITY.matcher(words);
        return level.find()
                ? Optional.of(because(
                        ServiceReason.PodsRefused,
                        "Namespace %s enforces the pod security standard %s, which the pods of Service %s violate (%s); remove the exception from spec.allow, or change the namespace's label pod-security.kubernetes.io/enforce.",
                        plan.namespace(),
                        level.group(1),
                        plan.name(),
                        level.group(2)))
                : Optional.empty();
    }

    private Optional<Outcome.Waiting> policy(String words) {
        Matcher policy = POLICY.matcher(words);
        return policy.find()
                ? Optional.of(because(
                        ServiceReason.PodsRefused,
                        "ValidatingAdmissionPolicy %s refuses the pods of Service %s (%s); correct the spec, or the policy.",
                        policy.group(1),
                        plan.name(),
                        policy.group(2)))
                : Optional.empty();
    }

    private static Outcome.Waiting because(ServiceReason reason, String sentence, Object... words) {
        return new Outcome.Waiting(reason, sentence.formatted(words));
    }
}
