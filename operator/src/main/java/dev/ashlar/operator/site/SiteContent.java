package dev.ashlar.operator.site;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.Health;
import dev.ashlar.crds.Live;
import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.crds.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Service that serves a Site's content: nginx and one layer of files. */
final class SiteContent {
    static final String NAME = "content";
    static final List<Port> PORTS = List.of(new Port("http", 8080, Port.Protocol.TCP, null));
    /** A path that the image nginx answers without a file: a connection alone would not tell that nobody serves it. */
    private static final Live ALIVE = new Live("/.ashlar/alive", "http", null, List.of());

    private static final Health HEALTH = new Health(null, null, "http", List.of(), null, ALIVE);
    /** Where its files are in the image. */
    static final String FOLDER = "/content";

    private static final String CONFIG = "/etc/nginx/site.d/site.conf";

    private SiteContent() {}

    static ServiceSpec spec(Site site, Content content, @Nullable Boolean suspend) {
        return new ServiceSpec(
                content.image(),
                List.of(),
                List.of(),
                content.replicas(),
                null,
                null,
                null,
                null,
                List.of(),
                PORTS,
                HEALTH,
                List.of(),
                files(ContentConfig.of(site, content)),
                content.php() == null ? List.of() : SiteVolumes.ofContent(site, content.php()),
                null,
                null,
                null,
                List.of(),
                suspend,
                null);
    }

    /** nginx's own configuration reads the folder. */
    private static List<MountedFile> files(String config) {
        return config.isEmpty() ? List.of() : List.of(new MountedFile(CONFIG, config, null, null));
    }
}
