package dev.ashlar.operator.site;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.Content.Immutable;
import dev.ashlar.crds.Php.Upload;
import dev.ashlar.crds.Site;
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
    private final List<String> immutable;
    private final List<String> uploads;

    private ContentConfig(Content content) {
        this.content = content;
        this.immutable = content.immutable().stream().map(Immutable::path).toList();
        this.uploads = content.php() == null
                ? List.of()
                : content.php().uploads().stream().map(Upload::path).toList();
    }

    /** Empty when the image's configuration says it all. */
    static String of(Site site, Content content) {
        ContentConfig config = new ContentConfig(content);
        String notFound = content.notFound() == null ? "" : "error_page 404 %s;\n".formatted(content.notFound());
        String php = content.php() == null ? "" : PhpConfig.server(SitePhp.address(site));
        return notFound
                + php
                + config.changing()
                + String.join("", config.paths().stream().map(config::location).toList());
    }

    /** The fallback is another page with each version, wherever it lies. */
    private String changing() {
        String page = content.fallback();
        boolean isImmutable = page != null && isBelow(page, immutable);
        return isImmutable ? "location = %s { set $freshness no-cache; }\n".formatted(page) : "";
    }

    /** Those where something else holds than above them. */
    private SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>(content.browse());
        paths.addAll(immutable);
        paths.addAll(uploads);
        if (content.fallback() != null || content.php() != null) {
            paths.add(ROOT);
        }
        return paths;
    }

    /** nginx takes the longest that fits, and nothing from the others: each says all that holds there. */
    private String location(String path) {
        boolean isUpload = isBelow(path, uploads);
        boolean isImmutable = isBelow(path, immutable);
        boolean isListed = isBelow(path, content.browse());
        List<String> directives = new ArrayList<>();
        if (isListed) {
            directives.add("site_listing on;");
        }
        if (isUpload) {
            directives.addAll(PhpConfig.upload());
        } else if (content.php() != null) {
            directives.addAll(PhpConfig.folder(isListed));
        }
        if (isImmutable) {
            directives.add("set $freshness \"%s\";".formatted(YEAR));
        } else if (content.fallback() != null && !isUpload) {
            directives.addAll(fallback(content.fallback()));
        }
        return "location %s%s { %s }\n".formatted(isUpload ? "^~ " : "", folder(path), String.join(" ", directives));
    }

    private List<String> fallback(String page) {
        return content.php() != null && PhpConfig.isPage(page)
                ? PhpConfig.fallback(page)
                : List.of("error_page 403 404 =200 %s;".formatted(page));
    }

    private static boolean isBelow(String path, List<String> folders) {
        return folders.stream().anyMatch(folder -> folder(path).startsWith(folder(folder)));
    }

    private static String folder(String path) {
        return path.equals(ROOT) ? ROOT : path + "/";
    }
}
