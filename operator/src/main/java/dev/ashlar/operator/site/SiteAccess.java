package dev.ashlar.operator.site;

import dev.ashlar.crds.Access;
import dev.ashlar.crds.Access.Source;
import dev.ashlar.crds.Access.Target;
import dev.ashlar.crds.Site;
import org.jspecify.annotations.Nullable;

/** The access of a service of a Site, with the names that its neighbours have in the namespace. */
final class SiteAccess {
    private SiteAccess() {}

    static Access of(Site site, Access access) {
        return new Access(
                access.from() == null
                        ? null
                        : access.from().stream().map(from -> of(site, from)).toList(),
                access.to() == null
                        ? null
                        : access.to().stream().map(to -> of(site, to)).toList());
    }

    private static Source of(Site site, Source from) {
        return new Source(name(site, from.service(), from.site()), from.site(), from.cidr());
    }

    private static Target of(Site site, Target to) {
        return new Target(name(site, to.service(), to.site()), to.site(), to.cidr(), to.port());
    }

    /** Beside another site, a service keeps the name that it has there. */
    private static @Nullable String name(Site site, @Nullable String service, @Nullable String other) {
        return service == null || other != null ? service : SitePlan.childName(site, service);
    }
}
