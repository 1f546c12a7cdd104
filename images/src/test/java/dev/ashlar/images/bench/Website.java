package dev.ashlar.images.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A folder of 6 MB of pages whose words come from a seed, so that they compress about as real ones do. */
record Website(Path folder) {
    private static final int PAGES = 300;
    private static final int PAGE = 20_000;
    private static final int VOCABULARY = 4000;

    static Website write(Path folder) throws IOException {
        Website website = new Website(Files.createDirectories(folder));
        for (int i = 0; i < PAGES; i++) {
            website.page(i, i);
        }
        return website;
    }

    /** Another text in one page. */
    void change(int version) throws IOException {
        page(0, PAGES + version);
    }

    private void page(int number, int seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder page =
                new StringBuilder("<!doctype html><title>Page ").append(number).append("</title>\n<p>");
        while (page.length() < PAGE) {
            page.append(Integer.toString(random.nextInt(VOCABULARY) * 7919, 36))
                    .append(random.nextInt(12) == 0 ? ".\n<p>" : " ");
        }
        Files.writeString(folder.resolve("page-%03d.html".formatted(number)), page);
    }
}
