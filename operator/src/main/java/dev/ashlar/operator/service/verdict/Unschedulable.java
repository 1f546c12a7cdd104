package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.plan.ServicePlan;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why no node takes a pod, by the scheduler's words; of them its counters are left out. */
record Unschedulable(ServicePlan plan, Evidence evidence) {
    private static final Pattern INSUFFICIENT = Pattern.compile("Insufficient ([a-z0-9./-]*[a-z0-9])");
    private static final Pattern TOO_MANY = Pattern.compile("Too many pods");
    private static final Pattern CLAIM = Pattern.compile("(?i)persistentvolumeclaim|pvc\\(s\\)|persistent volumes to");
    private static final Pattern VOLUME_ELSEWHERE =
            Pattern.compile("PersistentVolume's node affinity|pod affinity rules");
    private static final Pattern PORT = Pattern.compile("free ports for the requested");
    private static final Pattern LABELS = Pattern.compile("node affinity/selector");
    private static final Pattern TAINTS = Pattern.compile("untolerated taint|were unschedulable");

    /** What a node lacks counts before what keeps the pod off other nodes: those were not meant. */
    Outcome.Waiting explain(String words) {
        SortedSet<String> lacking = INSUFFICIENT
                .matcher(words)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!lacking.isEmpty()) {
            return noRoom(lacking);
        }
        if (says(TOO_MANY, words)) {
            return because(
                    ServiceReason.NoRoom,
                    "Every node has as many pods as it may, and Service %s needs one more; add a node.");
        }
        if (says(PORT, words)) {
            return because(
                    ServiceReason.NoRoom,
                    "No node has the port free that Service %s publishes; publish it under another number, or stop what has it.");
        }
        if (says(VOLUME_ELSEWHERE, words)) {
            return because(
                    ServiceReason.NoNode,
                    "A pod of Service %s has to be on the node where its volume is, and that one takes none; see `kubectl get nodes`, and let it in again: `kubectl uncordon NODE`.");
        }
        if (says(CLAIM, words)) {
            return ClaimTrouble.of(plan, evidence).orElseGet(() -> ClaimTrouble.unknown(plan));
        }
        return noNode(words);
    }

    private Outcome.Waiting noRoom(SortedSet<String> lacking) {
        String wanted = lacking.stream()
                .map(resource -> switch (resource) {
                    case "cpu" -> "cpu (it reserves %s)".formatted(plan.cpu());
                    case "memory" -> "memory (it reserves %s)".formatted(plan.memory());
                    default -> resource;
                })
                .collect(Collectors.joining(" and "));
        return new Outcome.Waiting(
                ServiceReason.NoRoom,
                "No node has enough %s for a pod of Service %s; lower spec.resources, or add a node."
                        .formatted(wanted, plan.name()));
    }

    private Outcome.Waiting noNode(String words) {
        if (says(TAINTS, words)) {
            return because(
                    ServiceReason.NoNode,
                    "Every node keeps the pods of Service %s off by a taint (it is drained, does not answer, is short of something, or is of the control plane); see `kubectl describe nodes`, and let it in again: `kubectl uncordon NODE`.");
        }
        return says(LABELS, words)
                ? because(
                        ServiceReason.NoNode,
                        "No node has the labels that Service %s asks for; label one: `kubectl label node NAME KEY=VALUE`.")
                : because(
                        ServiceReason.NoNode,
                        "No node takes a pod of Service %s; see why: `kubectl -n " + plan.namespace()
                                + " describe pod -l ashlar.dev/owner=" + plan.name() + "`.");
    }

    private static boolean says(Pattern pattern, String words) {
        return pattern.matcher(words).find();
    }

    private Outcome.Waiting because(ServiceReason reason, String sentence) {
        return new Outcome.Waiting(reason, sentence.formatted(plan.name()));
    }
}
