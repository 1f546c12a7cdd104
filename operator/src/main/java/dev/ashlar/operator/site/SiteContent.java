package dev.ashlar.operator.site;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.ServiceSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Service that serves a Site's content: nginx and one layer of files. */
final class SiteContent {
    static final String NAME = "content";
    static final List<Port> PORTS = List.of(new Port("http", 8080, Port.Protocol.TCP, null));
    private static final String NOT_FOUND = "/etc/nginx/site.d/notfound.conf";

    private SiteContent() {}

    static ServiceSpec spec(Content content, @Nullable Boolean suspend) {
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
                null,
                List.of(),
                files(content.notFound()),
                List.of(),
                null,
                null,
                null,
                List.of(),
                suspend,
                null);
    }

    /** nginx's configuration reads the folder; the schema lets no character through that it would read as syntax. */
    private static List<MountedFile> files(@Nullable String notFound) {
        return notFound == null
                ? List.of()
                : List.of(new MountedFile(NOT_FOUND, "error_page 404 %s;\n".formatted(notFound), null, null));
    }
}
