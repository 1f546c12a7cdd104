package dev.ashlar.operator.rollout;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as it was fetched: its URL, its title or the host when it has none, its size in bytes. */
public record Page(URI url, String title, int bytes) {
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Fetches the page as a browser on this machine would, again and again until it is served or patience ends. */
    public static Page fetch(URI url, Duration patience) {
        return fetch(url, patience, body -> true);
    }

    /** The same, until the body is the wanted one. */
    public static Page fetch(URI url, Duration patience, Predicate<byte[]> wanted) {
        try (var fetcher = new PageFetcher(url)) {
            return of(url, fetcher.fetch(patience, wanted));
        }
    }

    static Page of(URI url, byte[] body) {
        Matcher title = TITLE.matcher(new String(body, StandardCharsets.UTF_8));
        String text = title.find() ? title.group(1).replaceAll("\\s+", " ").strip() : "";
        return new Page(url, text.isEmpty() ? url.getHost() : text, body.length);
    }
}
