package dev.ashlar.operator.site;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.Content.Immutable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What nginx is told of a Site's content, inside its server; the image's own configuration has the rest. The schema lets no character
 * through that nginx would read as syntax.
 */
final class ContentConfig {
    private static final String ROOT = "/";
    private static final String YEAR = "public, max-age=31536000, immutable";

    private final Content content;

    private ContentConfig(Content content) {
        this.content = content;
    }

    /** Empty when the image's configuration says it all. */
    static String of(Content content) {
        ContentConfig config = new ContentConfig(content);
        String notFound = content.notFound() == null ? "" : "error_page 404 %s;\n".formatted(content.notFound());
        return notFound
                + String.join("", config.paths().stream().map(config::location).toList());
    }

    /** Those where something else holds than above them. */
    private SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>(content.browse());
        content.immutable().forEach(immutable -> paths.add(immutable.path()));
        if (content.fallback() != null) {
            paths.add(ROOT);
        }
        return paths;
    }

    /** nginx takes the longest that fits, and nothing from the others: each says all that holds there. */
    private String location(String path) {
        boolean isImmutable =
                isBelow(path, content.immutable().stream().map(Immutable::path).toList());
        List<String> directives = new ArrayList<>();
        if (isBelow(path, content.browse())) {
            directives.add("site_listing on;");
        }
        if (isImmutable) {
            directives.add("set $freshness \"%s\";".formatted(YEAR));
        } else if (content.fallback() != null) {
            directives.add("error_page 403 404 =200 %s;".formatted(content.fallback()));
        }
        return "location %s { %s }\n".formatted(folder(path), String.join(" ", directives));
    }

    private static boolean isBelow(String path, List<String> folders) {
        return folders.stream().anyMatch(folder -> folder(path).startsWith(folder(folder)));
    }

    private static String folder(String path) {
        return path.equals(ROOT) ? ROOT : path + "/";
    }
}
