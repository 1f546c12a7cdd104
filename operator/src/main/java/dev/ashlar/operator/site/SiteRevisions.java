package dev.ashlar.operator.site;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.OnFailure;
import dev.ashlar.crds.Php;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a revision of a Site is. */
final class SiteRevisions implements Revisioned<SiteSpec> {
    private static final Set<String> CONTENT = Set.of(SiteContent.NAME, SitePhp.NAME);

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
            Optional.ofNullable(content.php()).map(Php::image).ifPresent(images::add);
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

    /** The content and its PHP are of one revision. */
    @Override
    public Set<String> goBack(SiteSpec failed, SiteSpec good, List<String> services) {
        Set<String> back = new TreeSet<>();
        for (String service : services) {
            if (CONTENT.contains(service)) {
                back.addAll(contentGoesBack(failed, good) ? content(failed, good) : Set.of());
            } else if (goesBack(failed, good, service)) {
                back.add(service);
            }
        }
        return back;
    }

    private static boolean contentGoesBack(SiteSpec failed, SiteSpec good) {
        return good.content() != null
                && (!good.content().equals(failed.content())
                        || good.content().php() != null && !good.env().equals(failed.env()));
    }

    private static Set<String> content(SiteSpec failed, SiteSpec good) {
        return Stream.of(failed, good)
                        .anyMatch(
                                spec -> spec.content() != null && spec.content().php() != null)
                ? CONTENT
                : Set.of(SiteContent.NAME);
    }

    /** Where nothing of it changed, it would fail as well as it was. */
    private static boolean goesBack(SiteSpec failed, SiteSpec good, String service) {
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
