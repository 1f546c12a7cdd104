package dev.ashlar.operator.site;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.OnFailure;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.history.Asked;
import dev.ashlar.operator.history.Course;
import dev.ashlar.operator.history.KeptFiles;
import dev.ashlar.operator.history.Revisioned;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.kube.Suspension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a revision of a Site is. */
final class SiteRevisions implements Revisioned<SiteSpec> {
    static Asked<SiteSpec> asked(SitePlan plan) {
        Site site = plan.site();
        SiteSpec spec = site.getSpec();
        Map<String, String> digests = new TreeMap<>();
        plan.services()
                .forEach((name, service) ->
                        digests.put(name, NamedImage.digest(service.getSpec().image())));
        List<String> files = plan.services().values().stream()
                .flatMap(service -> KeptFiles.name(
                        service.getMetadata().getName(), service.getSpec().files())
                        .stream())
                .toList();
        var wish =
                new Asked.Wish(spec.rollbackTo(), spec.onFailure() == OnFailure.ROLLBACK, Suspension.isSuspended(site));
        return new Asked<>(spec.unsteered(), digests, files, wish);
    }

    /** The Site as if this were its spec. */
    static Site with(Site site, SiteSpec spec) {
        Site as = new Site();
        as.setMetadata(site.getMetadata());
        as.setStatus(site.getStatus());
        as.setSpec(spec.suspended(site.getSpec().suspend()));
        return as;
    }

    /** A spec with some services as they are in another one. */
    static SiteSpec mixed(SiteSpec spec, Course.Return<SiteSpec> alone) {
        return spec.withServices(spec.services().stream()
                .map(service -> alone.services().contains(service.name())
                        ? find(alone.spec(), service.name()).orElse(service)
                        : service)
                .toList());
    }

    @Override
    public Class<SiteSpec> type() {
        return SiteSpec.class;
    }

    @Override
    public List<String> images(SiteSpec spec) {
        List<String> images =
                new ArrayList<>(spec.services().stream().map(SiteService::image).toList());
        Content content = spec.content();
        if (content != null) {
            images.add(content.image());
        }
        return images;
    }

    @Override
    public boolean usesSecrets(SiteSpec spec) {
        Stream<EnvVar> env =
                Stream.concat(spec.env().stream(), spec.services().stream().flatMap(service -> service.env().stream()));
        Stream<MountedFile> files = spec.services().stream().flatMap(service -> service.files().stream());
        return env.anyMatch(entry -> entry.secret() != null) || files.anyMatch(file -> file.secret() != null);
    }

    /** Where nothing of it changed, it would fail as well as it was. */
    @Override
    public boolean goesBack(SiteSpec failed, SiteSpec good, String service) {
        if (service.equals(SiteContent.NAME)) {
            return good.content() != null && !good.content().equals(failed.content());
        }
        Optional<SiteService> before = find(good, service);
        Optional<SiteService> now = find(failed, service);
        boolean same = before.equals(now) && good.env().equals(failed.env());
        return before.isPresent()
                && !same
                && now.filter(each -> each.schedule() != null || each.once() != null)
                        .isEmpty();
    }

    private static Optional<SiteService> find(SiteSpec spec, String service) {
        return spec.services().stream()
                .filter(each -> each.name().equals(service))
                .findFirst();
    }
}
