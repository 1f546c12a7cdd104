package dev.ashlar.operator.site;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.crds.SiteSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** Sites for tests, as small as they can be. */
public final class Sites {
    /** An image that is nowhere, for Sites of which no pod is started. */
    public static final String NOWHERE = "nowhere@sha256:" + "0".repeat(64);

    private Sites() {}

    public static Site of(String namespace, String name, Content content, SiteService... services) {
        Site site = new Site();
        site.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        site.setSpec(new SiteSpec(
                List.of(new Domain(name + ".example.org")),
                null,
                List.of(),
                List.of(),
                content,
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(services),
                null,
                null,
                null));
        return site;
    }
}
