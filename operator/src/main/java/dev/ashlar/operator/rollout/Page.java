package dev.ashlar.operator.rollout;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as it was fetched: its URL, its title or the host when it has none, its size in bytes. */
public record Page(URI url, String title, int bytes) {
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("&(#[0-9]{1,6}|#x[0-9a-fA-F]{1,5}|[a-z]+);");
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "mdash", "—", "ndash", "–");

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

    /** The text that the character references of HTML stand for: numbers, and the names that titles use. */
    private static String plain(String html) {
        return REFERENCE.matcher(html).replaceAll(found -> {
            String code = found.group(1);
            int radix = code.startsWith("#x") ? 16 : 10;
            return code.startsWith("#")
                    ? Matcher.quoteReplacement(
                            Character.toString(Integer.parseInt(code.substring(radix == 16 ? 2 : 1), radix)))
                    : NAMED.getOrDefault(code, Matcher.quoteReplacement(found.group()));
        });
    }

    static Page of(URI url, byte[] body) {
        Matcher title = TITLE.matcher(new String(body, StandardCharsets.UTF_8));
        String text =
                title.find() ? plain(title.group(1)).replaceAll("\\s+", " ").strip() : "";
        return new Page(url, text.isEmpty() ? url.getHost() : text, body.length);
    }
}
