package dev.ashlar.images.fetch;

import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The machine's list of apt sources, copied with source packages added to each line for binary packages. */
final class AptSources {
    private AptSources() {}

    static void copyWithSources(Path folder) throws IOException {
        Path parts = folder.resolve("sources.list.d");
        Folders.delete(parts);
        Files.createDirectories(parts);
        Path list = Path.of("/etc/apt/sources.list");
        Files.writeString(
                folder.resolve("sources.list"), Files.isReadable(list) ? oneLine(Files.readString(list)) : "");
        Path machine = Path.of("/etc/apt/sources.list.d");
        for (Path part : Files.isDirectory(machine) ? Folders.below(machine) : List.<Path>of()) {
            String name = Folders.name(part);
            if (name.endsWith(".list")) {
                Files.writeString(parts.resolve(name), oneLine(Files.readString(part)));
            } else if (name.endsWith(".sources")) {
                Files.writeString(parts.resolve(name), deb822(Files.readString(part)));
            }
        }
    }

    /** The old format: {@code deb [options] URI suite component...}. */
    static String oneLine(String list) {
        return list.lines()
                .filter(line -> line.startsWith("deb "))
                .map(line -> line + "\ndeb-src" + line.substring("deb".length()) + "\n")
                .collect(Collectors.joining());
    }

    /** The format of paragraphs: {@code Types: deb} becomes {@code Types: deb deb-src}. */
    static String deb822(String sources) {
        return sources.replaceAll("(?mi)^Types:.*\\bdeb\\b.*$", "Types: deb deb-src");
    }
}
