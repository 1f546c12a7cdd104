package dev.ashlar.operator.monitor;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/** A Site that says something of itself. */
final class ProbedSite {
    static final String URL = "http://shop.team.localhost:8080";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private ProbedSite() {}

    static Site ready(String spec) {
        return of(spec, "True");
    }

    /** @param ready the status of its condition Ready */
    static Site of(String spec, String ready) {
        Site site = YAML.unmarshal("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: shop, namespace: team, generation: 1}
                spec: %s
                """.formatted(spec), Site.class);
        var condition = new Condition("Ready", ready, 1L, "2026-01-01T00:00:00Z", "Any", "Any.");
        site.setStatus(new SiteStatus(1L, List.of(condition), URL, null, List.of(), Map.of(), List.of()));
        return site;
    }
}
