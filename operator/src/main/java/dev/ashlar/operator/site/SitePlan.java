package dev.ashlar.operator.site;

import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Suspension;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Site consists of.
 *
 * @param services the desired Services by their name within the Site, the content first, and before it its PHP, which it waits for
 * @param unknown references that mean nothing; when there is one, nothing is written
 */
record SitePlan(Site site, SequencedMap<String, Service> services, List<String> unknown) {
    private static final List<String> FIRST = List.of(SitePhp.NAME, SiteContent.NAME);

    static SitePlan of(Site site) {
        References references = References.to(site);
        SequencedMap<String, Service> services = new LinkedHashMap<>();
        var content = site.getSpec().content();
        if (content != null && content.php() != null) {
            List<EnvVar> env =
                    site.getSpec().env().stream().map(references::fill).toList();
            services.put(
                    SitePhp.NAME, child(site, SitePhp.NAME, SitePhp.spec(site, content.php(), env, suspended(site))));
        }
        if (content != null) {
            services.put(
                    SiteContent.NAME, child(site, SiteContent.NAME, SiteContent.spec(site, content, suspended(site))));
        }
        for (SiteService service : site.getSpec().services()) {
            services.put(service.name(), child(site, service.name(), spec(site, service, references)));
        }
        return new SitePlan(site, services, List.copyOf(references.unknown()));
    }

    /** With some services as in another plan, or without them where it has none. */
    SitePlan with(SitePlan other, Set<String> names) {
        SequencedMap<String, Service> mixed = new LinkedHashMap<>();
        Stream.of(FIRST, services.keySet(), names).flatMap(Collection::stream).forEach(name -> {
            Service service = (names.contains(name) ? other : this).services().get(name);
            if (service != null) {
                mixed.put(name, service);
            }
        });
        return new SitePlan(site, mixed, unknown);
    }

    /** Whether nothing is written; the Services are told, and compared with what they would be. */
    boolean isSuspended() {
        return Suspension.isSuspended(site);
    }

    /** The name of a Site's service in its namespace, which is also its DNS name. */
    static String childName(Site site, String service) {
        return site.getMetadata().getName() + "-" + service;
    }

    private static Service child(Site site, String name, ServiceSpec spec) {
        Service child = new Service();
        child.setMetadata(Labels.child(site, childName(site, name)));
        child.setSpec(spec);
        return child;
    }

    private static ServiceSpec spec(Site site, SiteService service, References references) {
        ServiceSpec own = service.spec();
        return new ServiceSpec(
                own.image(),
                own.command(),
                own.args(),
                own.replicas(),
                own.stateful(),
                own.perNode(),
                own.schedule(),
                own.once(),
                own.before(),
                own.ports(),
                own.health(),
                merged(site.getSpec().env(), own.env()).stream()
                        .map(references::fill)
                        .toList(),
                own.files().stream().map(references::fill).toList(),
                Stream.concat(own.volumes().stream(), SiteVolumes.mounted(site, service))
                        .toList(),
                own.resources(),
                own.priority(),
                own.access() == null ? null : SiteAccess.of(site, own.access()),
                own.allow(),
                suspended(site),
                null);
    }

    private static @Nullable Boolean suspended(Site site) {
        return Suspension.isSuspended(site) ? Boolean.TRUE : null;
    }

    /** The Site's variables in their order, then the service's own; the service's own entry wins. */
    private static List<EnvVar> merged(List<EnvVar> site, List<EnvVar> own) {
        Map<String, EnvVar> merged = new LinkedHashMap<>();
        site.forEach(entry -> merged.put(entry.name(), entry));
        own.forEach(entry -> merged.put(entry.name(), entry));
        return new ArrayList<>(merged.values());
    }
}
