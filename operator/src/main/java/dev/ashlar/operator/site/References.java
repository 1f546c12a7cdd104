package dev.ashlar.operator.site;

import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in {@code $(service:NAME.host)} and {@code $(service:NAME.port)}, and remembers the first of them that means nothing. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(service:([^)]*)\\)");

    private final Map<String, String> values = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();

    private References() {}

    static References to(Site site) {
        References references = new References();
        for (SiteService service : site.getSpec().services()) {
            references.add(site, service.name(), service.ports());
        }
        references.add(site, SiteContent.NAME, SiteContent.PORTS);
        references.add(site, SitePhp.NAME, SitePhp.PORTS);
        return references;
    }

    private void add(Site site, String name, List<Port> ports) {
        values.put(name + ".host", SitePlan.childName(site, name));
        if (!ports.isEmpty()) {
            values.put(name + ".port", Integer.toString(ports.getFirst().port()));
        }
    }

    /** The references that were met and mean nothing, as they are written. */
    List<String> unknown() {
        return unknown;
    }

    EnvVar fill(EnvVar entry) {
        return entry.value() == null ? entry : new EnvVar(entry.name(), fill(entry.value()), null);
    }

    MountedFile fill(MountedFile file) {
        return file.content() == null
                ? file
                : new MountedFile(file.path(), fill(file.content()), file.secret(), file.mode());
    }

    private String fill(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(), match.group(1))));
    }

    private String value(String written, String name) {
        String value = values.get(name);
        if (value == null) {
            unknown.add(written);
            return written;
        }
        return value;
    }
}
