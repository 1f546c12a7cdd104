package dev.ashlar.operator.publish;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The page of a folder to look at first, relative to it: its index, else its uppermost page, else its first file. */
record EntryPage(Path folder, Path page) {
    private static final String INDEX = "index.html";
    /** What nginx looks for before it. */
    private static final String PHP_INDEX = "index.php";

    static EntryPage of(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .min(Comparator.comparingInt(EntryPage::rank).thenComparing(Path::toString))
                    .map(page -> new EntryPage(folder, page))
                    .orElseGet(() -> new EntryPage(folder, Path.of(INDEX)));
        }
    }

    private static int rank(Path page) {
        if (isIndex(page)) {
            return page.toString().equals(PHP_INDEX) ? -1 : 0;
        }
        return page.toString().endsWith(".html") ? page.getNameCount() : Integer.MAX_VALUE;
    }

    private static boolean isIndex(Path page) {
        return page.toString().equals(INDEX) || page.toString().equals(PHP_INDEX);
    }

    /**
     * Whether an answer is this page: the very bytes of the folder, so that an old pod's answer does not pass for the new one. Of what PHP
     * makes, nothing is known.
     */
    Predicate<byte[]> served() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(page));
        return page.toString().endsWith(".php") ? body -> true : body -> Arrays.equals(body, bytes);
    }

    /** Its URL below an address that ends in a slash. */
    URI below(URI address) {
        String path = isIndex(page) ? "" : page.toString();
        return URI.create(address
                + URLEncoder.encode(path, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/"));
    }
}
