package dev.ashlar.images.origin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.ashlar.images.recipe.LockedSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that files come from: a package, a module, or a part of the repository itself.
 *
 * @param purl its package URL, which is also its identity
 * @param name as its makers write it
 * @param sha256 of its file, 64 hex digits; absent where it is not one file
 * @param licences SPDX ids where the mapping is certain, else as its makers write them; none when they are not known
 * @param properties what else is known, as the {@code h1} sum of a Go module
 */
@JsonInclude(Include.NON_EMPTY)
public record Source(
        String purl,
        String name,
        String version,
        @Nullable String sha256,
        List<String> licences,
        SortedMap<String, String> properties) {
    /** The property with a Go module's hash, as go.sum writes it. */
    public static final String GO_SUM = "ashlar:go.sum";

    /** The property with an npm package's hash, as its lock files write it. */
    public static final String NPM_INTEGRITY = "ashlar:npm.integrity";

    private static final String SHA512 = "sha512-";

    /** The property with the hash of a folder's names, executable bits and content. */
    public static final String TREE = "ashlar:tree";

    /** The property that names what a source is a part of, where the hash is of that. */
    public static final String PART_OF = "ashlar:part-of";

    /** Before the name of a file: the property with its SHA-256, for a source of several files. */
    public static final String FILE = "ashlar:sha256:";

    public Source {
        licences = licences == null
                ? List.of()
                : licences.stream().sorted().distinct().toList();
        properties = properties == null ? new TreeMap<>() : properties;
    }

    private static Source of(String purl, String name, String version, @Nullable String sha256, List<String> licences) {
        return new Source(purl, name, version, sha256, licences, new TreeMap<>());
    }

    /** A part of the repository, or a folder of a user, known by the hash of its files. */
    public static Source tree(String name, String hash) {
        return new Source(Purl.generic(name, hash), name, hash, null, List.of(), new TreeMap<>(Map.of(TREE, hash)));
    }

    /** @param release Debian's release, as {@code debian-12}; empty when it is not known */
    public static Source of(LockedSource.Deb deb, String release, List<String> licences) {
        String purl = Purl.debian(deb.name(), deb.version(), deb.arch(), release);
        return of(purl, deb.name(), deb.version(), deb.sha256(), licences);
    }

    /** A source package; its hash is that of the .dsc file, which names all others by theirs. */
    public static Source of(LockedSource.DebSource source, String release, List<String> licences) {
        SortedMap<String, String> properties = new TreeMap<>();
        String dsc = null;
        for (Map.Entry<String, String> file : source.sha256().entrySet()) {
            properties.put(FILE + file.getKey(), file.getValue());
            dsc = file.getKey().endsWith(".dsc") ? file.getValue() : dsc;
        }
        String purl = Purl.debian(source.name(), source.version(), "source", release);
        return new Source(purl, source.name(), source.version(), dsc, licences, properties);
    }

    public static Source of(LockedSource.Wheel wheel, List<String> licences) {
        return of(Purl.pypi(wheel.name(), wheel.version()), wheel.name(), wheel.version(), wheel.sha256(), licences);
    }

    /** Go's standard library, which has no hash of its own: the toolchain's that it is a part of. */
    public static Source of(LockedSource.Go toolchain) {
        return new Source(
                Purl.golang("stdlib", toolchain.version()),
                "stdlib",
                toolchain.version(),
                toolchain.sha256(),
                List.of("BSD-3-Clause"),
                new TreeMap<>(Map.of(PART_OF, "golang.org/toolchain@" + toolchain.moduleVersion())));
    }

    /** @param sum as go.sum writes it; empty when Go does not record one */
    public static Source goModule(String path, String version, String sum, List<String> licences) {
        SortedMap<String, String> properties = new TreeMap<>();
        if (!sum.isEmpty()) {
            properties.put(GO_SUM, sum);
        }
        return new Source(Purl.golang(path, version), path, version, null, licences, properties);
    }

    /** @param integrity as {@code sha512-} and base 64 */
    public static Source npm(String name, String version, String integrity, List<String> licences) {
        return new Source(
                Purl.npm(name, version),
                name,
                version,
                null,
                licences,
                new TreeMap<>(Map.of(NPM_INTEGRITY, integrity)));
    }

    /** The SHA-512 of an npm package's file, 128 hex digits; empty for what is not of npm. */
    public Optional<String> sha512() {
        return Optional.ofNullable(properties.get(NPM_INTEGRITY))
                .filter(integrity -> integrity.startsWith(SHA512))
                .map(integrity -> Base64.getDecoder().decode(integrity.substring(SHA512.length())))
                .map(HexFormat.of()::formatHex);
    }

    public static Source maven(String group, String artifact, String version, String sha256, List<String> licences) {
        return of(Purl.maven(group, artifact, version), group + ":" + artifact, version, sha256, licences);
    }
}
