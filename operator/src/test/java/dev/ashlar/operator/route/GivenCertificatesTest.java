package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose certificates the gateway is told of. */
class GivenCertificatesTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void theOldestComeFirstWhenThereIsNoRoomForAll() {
        List<SiteRoutes> sites = new ArrayList<>();
        for (int age = 0; age < 40; age++) {
            sites.add(site(age, "x".repeat(15_000) + age));
        }
        Collections.shuffle(sites);
        GivenCertificates given = GivenCertificates.of(sites);
        assertThat(given.bySite()).hasSize(34).containsKeys("web/site-0", "web/site-33");
        assertThat(sites)
                .allSatisfy(site -> assertThat(given.leavesOut(site))
                        .isEqualTo(!given.bySite().containsKey(site.key())));
    }

    @Test
    void oneForManySitesIsToldOnce() {
        GivenCertificates given = GivenCertificates.of(List.of(site(1, "same"), site(2, "same")));
        assertThat(given.pems().values()).containsExactly("same\nKEY\n");
        assertThat(given.bySite()).hasSize(2);
    }

    private static SiteRoutes site(int age, String chain) {
        TestSecrets secrets = new TestSecrets();
        secrets.byName.put("certificate", Map.of("tls.crt", chain, "tls.key", "KEY"));
        Site site = YAML.unmarshal("""
                metadata: {name: site-%d, namespace: web, creationTimestamp: "%s"}
                spec: {domains: [{name: shop.test}], tls: {secret: {name: certificate}}}
                """.formatted(age, Instant.ofEpochSecond(1_800_000_000L + age)), Site.class);
        return SiteRoutes.of(site, site.getSpec(), SiteSecrets.of(site.getSpec(), "web", secrets, Optional.empty()));
    }
}
