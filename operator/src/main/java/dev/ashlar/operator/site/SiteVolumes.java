package dev.ashlar.operator.site;

import dev.ashlar.crds.Php;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.crds.Volume;
import dev.ashlar.operator.kube.Claims;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.stream.Stream;

/** The volumes that services of a Site share: the Site has their claims, and each service that mounts one names it. */
final class SiteVolumes {
    private SiteVolumes() {}

    static List<PersistentVolumeClaim> claims(Site site) {
        return site.getSpec().volumes().stream()
                .map(volume -> Claims.claim(
                        site, name(site, volume.name()), volume.size(), Boolean.TRUE.equals(volume.delete())))
                .toList();
    }

    /** The Site's volumes as one service mounts them. */
    static Stream<Volume> mounted(Site site, SiteService service) {
        return service.mounts().stream()
                .map(mount -> new Volume(mount.volume(), mount.path(), null, null, null, name(site, mount.volume())));
    }

    /** The upload folders of its content, as both who serve it and who write it mount them. */
    static Stream<Volume> uploads(Site site, Php php) {
        return php.uploads().stream()
                .map(upload -> new Volume(
                        upload.volume(),
                        SiteContent.FOLDER + upload.path(),
                        null,
                        null,
                        null,
                        name(site, upload.volume())));
    }

    private static String name(Site site, String volume) {
        return SitePlan.childName(site, volume);
    }
}
