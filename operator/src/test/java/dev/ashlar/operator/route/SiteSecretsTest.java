package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.kube.Outcome;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the Secrets that a Site's routes name, and what its owner reads when one does not do. */
class SiteSecretsTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final TestSecrets secrets = new TestSecrets();

    @Test
    void aSiteThatNamesNoneReadsNone() {
        secrets.isAway = true;
        assertThat(read("tls: {internal: {}}")).isEqualTo(Given.NOTHING);
        assertThat(read("basicAuth: {disabled: {}}")).isEqualTo(Given.NOTHING);
    }

    @Test
    void readsWhoMaySignInAndTheCertificate() {
        Given given = read("basicAuth: {secret: {name: users, key: users}}, tls: {secret: {name: certificate}}");
        assertThat(given.accounts().values())
                .singleElement()
                .asList()
                .containsExactly(
                        new Account("ada", TestSecrets.HASH), new Account("bob@example.org", TestSecrets.HASH));
        assertThat(given.certificate()).contains(new Given.Pem("CHAIN\nKEY\n"));
        assertThat(given.secrets()).containsExactlyInAnyOrder("users", "certificate");
        assertThat(given.trouble()).isEmpty();
        assertThat(given.toString()).doesNotContain("$2y$", "KEY");
    }

    @Test
    void saysWhichSecretOrKeyIsMissing() {
        assertTrouble(
                read("basicAuth: {secret: {name: none, key: users}}"),
                RouteReason.SecretMissing,
                "Secret none, which is not there; create it: `kubectl -n web create secret");
        assertTrouble(
                read("basicAuth: {secret: {name: users, key: names}}"),
                RouteReason.SecretKeyMissing,
                "Secret users has no key names");
        assertTrouble(
                SiteSecrets.of(spec("tls: {secret: {name: certificate}}"), "shops", secrets, Optional.empty()),
                RouteReason.NoAccessToSecrets,
                "let it: `ashlar namespace shops`");
        secrets.byName.put("certificate", Map.of("tls.crt", "x".repeat(20_000), "tls.key", ""));
        assertTrouble(
                read("tls: {secret: {name: certificate}}"),
                RouteReason.CertificateRefused,
                "Secret certificate has more than 16 KiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nobody",
                "ada:plain",
                "ada:$apr1$abcdefgh$abcdefghijklmnopqrstuv",
                "ada:$2y$13$abcdefghijklmnopqrstuuNh4gKwTq1VQ6zJ8m0sS0r6s1bYQmT5O",
                "{env.HOME}:$2y$10$abcdefghijklmnopqrstuuNh4gKwTq1VQ6zJ8m0sS0r6s1bYQmT5O",
                "ada:$2y$10$abcdefghijklmnopqrstuuNh4gKwTq1VQ6zJ8m0sS0r6s1bYQmT5O\nada:$2y$10$abcdefghijklmnopqrstuuNh4gKwTq1VQ6zJ8m0sS0r6s1bYQmT5O"
            })
    void letsNobodyInByWhatIsNoListOfNames(String text) {
        secrets.byName.put("users", Map.of("users", text));
        Given given = read("basicAuth: {secret: {name: users, key: users}}");
        assertThat(given.accounts()).isEmpty();
        assertTrouble(given, RouteReason.NoAccounts, "Of key users of Secret users, ");
        assertThat(given.trouble().orElseThrow().message()).doesNotContain("$2y$");
    }

    @Test
    void goesOnWithWhatItReadLastWhileTheApiServerIsAway() {
        SiteSpec spec = spec("basicAuth: {secret: {name: users, key: users}}");
        Given before = SiteSecrets.of(spec, "web", secrets, Optional.empty());
        secrets.isAway = true;
        Given now = SiteSecrets.of(spec, "web", secrets, Optional.of(before));
        assertThat(now.accounts()).isEqualTo(before.accounts());
        assertTrouble(now, RouteReason.SecretUnreadable, "Secrets users cannot be read now");
        Given other = SiteSecrets.of(spec("tls: {secret: {name: certificate}}"), "web", secrets, Optional.of(before));
        assertThat(other.accounts()).isEmpty();
    }

    private static void assertTrouble(Given given, RouteReason reason, String words) {
        assertThat(given.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble)
                        .isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
                            assertThat(waiting.reason()).isEqualTo(reason);
                            assertThat(waiting.message()).contains(words);
                        }));
    }

    private Given read(String more) {
        return SiteSecrets.of(spec(more), "web", secrets, Optional.empty());
    }

    private static SiteSpec spec(String more) {
        return YAML.unmarshal("spec: {domains: [{name: shop.test}], %s}".formatted(more), Site.class)
                .getSpec();
    }
}
