package dev.ashlar.operator.route;

import dev.ashlar.crds.SecretKey;
import dev.ashlar.operator.kube.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the Secrets hold that a Site's routes name.
 *
 * @param secrets the names of all of them
 * @param accounts who may sign in, by the key that says so; one that cannot be read is not among them
 * @param certificate its chain and its key, as PEM
 * @param trouble what is wrong with the first of them that cannot be used
 */
public record Given(
        Set<String> secrets,
        Map<SecretKey, List<Account>> accounts,
        Optional<Pem> certificate,
        Optional<Outcome> trouble) {
    /** Of a Site that names no Secret. */
    public static final Given NOTHING = new Given(Set.of(), Map.of(), Optional.empty(), Optional.empty());

    /** A certificate with its key, which no log is to have. */
    public record Pem(String text) {
        @Override
        public String toString() {
            return "PEM";
        }
    }
}
