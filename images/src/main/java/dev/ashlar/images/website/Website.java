package dev.ashlar.images.website;

import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that nginx serves from {@code /content} of an image.
 *
 * @param files the folder that becomes {@code /content}
 * @param root what a link may lead to: the folder that becomes {@code /}, or {@code files} itself
 */
public record Website(Path files, Path root) {
    /** Where the files are in the image. */
    public static final String FOLDER = "/content";
    /** Where their index is; {@code images/nginx/site/ngx_http_site_module.c} says what is in it. */
    public static final String INDEX = "/etc/nginx/content.index";
    /** Part of every key; raise it when other bytes are made of the same files. */
    public static final String FORMAT = "1";

    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(path -> path.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** Writes the index and the packed copies into a folder as if it were the image's root. */
    public void writeExtras(Path into) throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>(BY_BYTES);
        for (Path file : served()) {
            entries.put(path(file), Entry.of(file));
        }
        SortedMap<String, Path> packed = new TreeMap<>();
        for (String path : entries.keySet()) {
            if (!Files.exists(file(PackedFile.beside(path)), LinkOption.NOFOLLOW_LINKS)) {
                packed.put(path, into.resolve(PackedFile.beside(path).substring(1)));
            }
        }
        packed.entrySet().parallelStream().forEach(copy -> PackedFile.write(file(copy.getKey()), copy.getValue()));
        List<String> lines = new ArrayList<>();
        for (var entry : entries.entrySet()) {
            String path = entry.getKey();
            Path copy = packed.getOrDefault(path, file(PackedFile.beside(path)));
            String tag = Files.isRegularFile(copy) ? Entry.of(copy).tag() : "";
            lines.add("%s\t%d\t%s\t%s\n"
                    .formatted(path, entry.getValue().size(), entry.getValue().tag(), tag));
        }
        Path index = into.resolve(INDEX.substring(1));
        Files.createDirectories(Folders.parent(index));
        Files.writeString(index, String.join("", lines));
    }

    /** All files, and links to files; what is reached through a link to a folder has no line of its own. */
    private List<Path> served() throws IOException {
        List<Path> served = new ArrayList<>();
        for (Path file : Folders.below(files)) {
            if (Files.isRegularFile(file) && file.toRealPath().startsWith(root.toRealPath()) && canBeWritten(file)) {
                served.add(file);
            }
        }
        return served;
    }

    /** In a line of the index. */
    private static boolean canBeWritten(Path file) {
        return file.toString().chars().noneMatch(c -> c == '\t' || c == '\n');
    }

    private String path(Path file) {
        return FOLDER + "/" + files.relativize(file);
    }

    private Path file(String path) {
        return files.resolve(path.substring(FOLDER.length() + 1));
    }
}
