package dev.ashlar.operator.service.secret;

import dev.ashlar.crds.SecretKey;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.secret.KnownSecret;
import dev.ashlar.operator.secret.Secrets;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.verdict.ServiceReason;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Secrets that a Service uses.
 *
 * @param versions the version of each, by its name; all of them only when the outcome is Done
 */
public record UsedSecrets(Outcome outcome, SortedMap<String, String> versions) {
    private static final Outcome THERE = new Outcome.Done("All Secrets are there.");

    public static UsedSecrets of(ServicePlan plan, Secrets secrets) {
        SortedMap<String, String> versions = new TreeMap<>();
        for (SecretKey used : plan.secretKeys()) {
            if (!secrets.mayRead(plan.namespace())) {
                return new UsedSecrets(noAccess(plan, used), versions);
            }
            Optional<Secret> secret = secrets.find(plan.namespace(), used.name());
            if (secret.isEmpty()) {
                return new UsedSecrets(missing(plan, used), versions);
            }
            if (!KnownSecret.keys(secret.get()).contains(used.key())) {
                return new UsedSecrets(keyMissing(plan, used), versions);
            }
            versions.put(used.name(), KnownSecret.version(secret.get()));
        }
        return new UsedSecrets(THERE, versions);
    }

    private static Outcome noAccess(ServicePlan plan, SecretKey used) {
        return new Outcome.Waiting(
                ServiceReason.NoAccessToSecrets,
                "Service %s uses Secret %s, and Ashlar may not read the Secrets of namespace %s; let it: `ashlar namespace %3$s`."
                        .formatted(plan.name(), used.name(), plan.namespace()));
    }

    private static Outcome missing(ServicePlan plan, SecretKey used) {
        return new Outcome.Waiting(
                ServiceReason.SecretMissing,
                "Service %s waits for Secret %s; create it: `kubectl -n %s create secret generic %2$s --from-file=%s=FILE`."
                        .formatted(plan.name(), used.name(), plan.namespace(), used.key()));
    }

    private static Outcome keyMissing(ServicePlan plan, SecretKey used) {
        return new Outcome.Waiting(
                ServiceReason.SecretKeyMissing,
                "Secret %s has no key %s, which Service %s uses; add it, or correct the spec: `kubectl -n %s describe secret %1$s` lists its keys."
                        .formatted(used.name(), used.key(), plan.name(), plan.namespace()));
    }
}
