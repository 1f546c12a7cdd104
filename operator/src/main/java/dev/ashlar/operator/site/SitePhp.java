package dev.ashlar.operator.site;

import dev.ashlar.crds.Access;
import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.Php;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Resources;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Service that runs the PHP of a Site's content: php-fpm and the same files. Whoever reaches it runs what he likes there, so that only the content may. */
final class SitePhp {
    static final String NAME = "php";
    static final List<Port> PORTS = List.of(new Port("fastcgi", 9000, Port.Protocol.TCP, null));

    private static final Quantity MEMORY = new Quantity("256Mi");

    private SitePhp() {}

    /** @param env what the Site has for all its services */
    static ServiceSpec spec(Site site, Php php, List<EnvVar> env, @Nullable Boolean suspend) {
        return new ServiceSpec(
                php.image(),
                List.of(),
                List.of(),
                php.replicas(),
                null,
                null,
                null,
                null,
                List.of(),
                PORTS,
                null,
                env,
                List.of(),
                SiteVolumes.ofContent(site, php),
                resources(php.resources()),
                null,
                new Access(List.of(new Access.Source(SitePlan.childName(site, SiteContent.NAME), null, null)), null),
                List.of(),
                suspend,
                null);
    }

    /** Where it listens; the last dot spares nginx the search through the resolver's domains. */
    static String address(Site site) {
        return "%s.%s.svc.cluster.local.:%d"
                .formatted(
                        SitePlan.childName(site, NAME),
                        site.getMetadata().getNamespace(),
                        PORTS.getFirst().port());
    }

    private static Resources resources(@Nullable Resources asked) {
        return new Resources(
                asked == null ? null : asked.cpu(), asked == null || asked.memory() == null ? MEMORY : asked.memory());
    }
}
