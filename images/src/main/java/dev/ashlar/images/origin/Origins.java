package dev.ashlar.images.origin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sources the files of a layer, or of a whole image, come from.
 *
 * @param sources by package URL
 * @param files by absolute path in the image; folders are not listed, since they hold no bytes
 */
public record Origins(SortedMap<String, Source> sources, SortedMap<String, FileOrigin> files) {
    /** The file's name beside what it describes. */
    public static final String FILE = "origins.json";

    public static final Origins NONE = new Origins(new TreeMap<>(), new TreeMap<>());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One file of the image.
     *
     * @param sha256 of its content, 64 hex digits; null for a link
     * @param link where a symbolic link leads; null for a file
     * @param sources package URLs
     */
    @JsonInclude(Include.NON_NULL)
    public record FileOrigin(
            @Nullable String sha256, @Nullable String link, List<String> sources) {}

    /** Every file below the folder, which is the image's root, comes from each of these sources. */
    public static Origins of(Path tree, List<Source> sources) throws IOException {
        return of(tree, "", path -> sources);
    }

    /**
     * The files below a folder.
     *
     * @param prefix where the folder is in the image: empty, or begins with a slash
     * @param origin the sources of a file, by its absolute path in the image
     */
    public static Origins of(Path tree, String prefix, Function<String, List<Source>> origin) throws IOException {
        SortedMap<String, Source> sources = new TreeMap<>();
        SortedMap<String, FileOrigin> files = new TreeMap<>();
        for (Path file : Folders.below(tree)) {
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                String path = prefix + "/" + tree.relativize(file);
                List<Source> of = origin.apply(path);
                of.forEach(source -> sources.put(source.purl(), source));
                files.put(path, describe(file, of));
            }
        }
        return new Origins(sources, files);
    }

    private static FileOrigin describe(Path file, List<Source> sources) throws IOException {
        List<String> purls =
                sources.stream().map(Source::purl).sorted().distinct().toList();
        return Files.isSymbolicLink(file)
                ? new FileOrigin(null, Files.readSymbolicLink(file).toString(), purls)
                : new FileOrigin(Sha256.of(file), null, purls);
    }

    /** The origin of one file; throws when the image has no such file. */
    public FileOrigin file(String path) {
        FileOrigin file = files.get(path);
        if (file == null) {
            throw new IllegalArgumentException("there is no file " + path);
        }
        return file;
    }

    /** The sources of one file, or all of them for a path that is not listed. */
    public List<Source> sourcesOf(String path) {
        FileOrigin file = files.get(path);
        return file == null
                ? List.copyOf(sources.values())
                : file.sources().stream()
                        .map(purl -> Objects.requireNonNull(sources.get(purl)))
                        .toList();
    }

    /** These files with those of the layer above over them; a source of which no file is left goes with its files. */
    public Origins plus(Origins above) {
        SortedMap<String, FileOrigin> allFiles = new TreeMap<>(files);
        allFiles.putAll(above.files);
        SortedMap<String, Source> allSources = new TreeMap<>(sources);
        allSources.putAll(above.sources);
        allSources
                .keySet()
                .retainAll(allFiles.values().stream()
                        .flatMap(file -> file.sources().stream())
                        .collect(Collectors.toSet()));
        return new Origins(allSources, allFiles);
    }

    /** Reads what {@link #write} wrote. */
    public static Origins read(Path folder) throws IOException {
        return JSON.readValue(folder.resolve(FILE).toFile(), Origins.class);
    }

    public void write(Path folder) throws IOException {
        JSON.writeValue(folder.resolve(FILE).toFile(), this);
    }
}
