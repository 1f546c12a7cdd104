package dev.ashlar.operator.site;

import dev.ashlar.crds.Php;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.crds.Volume;
import dev.ashlar.operator.kube.Claims;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.stream.Stream;

/** The volumes that services of a Site share: the Site has their claims, and each service that mounts one names it. */
final class SiteVolumes {
    /** Bodies of requests are kept there until they are whole, and what was uploaded until PHP has taken it. */
    private static final Volume BODIES = new Volume("bodies", "/tmp", null, null, new Quantity("256Mi"), null);

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

    /** What both who serves a content with PHP and who runs that mount: a folder of their own, and those for uploads, which they share. */
    static List<Volume> ofContent(Site site, Php php) {
        Stream<Volume> uploads = php.uploads().stream()
                .map(upload -> new Volume(
                        upload.volume(),
                        SiteContent.FOLDER + upload.path(),
                        null,
                        null,
                        null,
                        name(site, upload.volume())));
        return Stream.concat(Stream.of(BODIES), uploads).toList();
    }

    private static String name(Site site, String volume) {
        return SitePlan.childName(site, volume);
    }
}
