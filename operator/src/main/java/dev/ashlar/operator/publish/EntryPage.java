package dev.ashlar.operator.publish;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The page of a folder to look at first, relative to it: its index.html, else its uppermost page, else its first file. */
record EntryPage(Path folder, Path page) {
    private static final String INDEX = "index.html";

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
        if (page.toString().equals(INDEX)) {
            return 0;
        }
        return page.toString().endsWith(".html") ? page.getNameCount() : Integer.MAX_VALUE;
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(folder.resolve(page));
    }

    /** Its URL below an address that ends in a slash. */
    URI below(URI address) {
        String path = page.toString().equals(INDEX) ? "" : page.toString();
        return URI.create(address
                + URLEncoder.encode(path, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/"));
    }
}
