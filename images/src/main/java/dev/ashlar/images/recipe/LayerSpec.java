package dev.ashlar.images.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ashlar.images.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the files of one layer come from: exactly one kind, written as its name with a map below it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = LayerSpec.Go.class, name = "go"),
    @JsonSubTypes.Type(value = LayerSpec.C.class, name = "c"),
    @JsonSubTypes.Type(value = LayerSpec.Npm.class, name = "npm"),
    @JsonSubTypes.Type(value = LayerSpec.Deb.class, name = "deb"),
    @JsonSubTypes.Type(value = LayerSpec.Wheel.class, name = "wheel"),
    @JsonSubTypes.Type(value = LayerSpec.Files.class, name = "files")
})
public sealed interface LayerSpec {
    /**
     * Programs of the Go module in the image's folder or of a module that its go.mod requires.
     *
     * @param packages import path (or one relative to the folder) to path in the image
     * @param ldflags for the Go linker; {@code -s -w} when absent
     * @param cgo true: with zig as the C compiler, static against musl
     * @param sources with cgo: Debian source packages that the script builds static libraries from
     * @param script with cgo: puts headers and libraries into $OUT/include and $OUT/lib
     */
    record Go(
            Map<String, String> packages,
            List<String> tags,
            @Nullable String ldflags,
            boolean cgo,
            List<String> sources,
            @Nullable String script)
            implements LayerSpec {
        public Go {
            packages = sorted(packages);
            tags = list(tags);
            sources = list(sources);
        }
    }

    /**
     * What a script builds with zig from Debian source packages and the image's folder: all that is under $OUT.
     *
     * @param sources names of lock entries of kind deb-source
     * @param script a file of the image's folder, run by sh in a copy of that folder
     */
    record C(List<String> sources, String script) implements LayerSpec {
        public C {
            sources = list(sources);
        }
    }

    /**
     * What a script makes with Node.js of a Go module that has a package.json and a pnpm-lock.yaml: all that is under $OUT.
     *
     * @param module a module that the go.mod of the image's folder requires; a copy of it with its packages is $MODULE
     * @param script a file of the image's folder, run by sh in a copy of that folder
     */
    record Npm(String module, String script) implements LayerSpec {}

    /**
     * Files out of pinned Debian packages; in a path {@code $(multiarch)} is Debian's name of the processor, as {@code
     * x86_64-linux-gnu}.
     *
     * @param packages names of lock entries of kind deb
     * @param files paths in the packages; a folder is taken whole
     * @param without what to leave out of the folders among them
     * @param closure true: also the shared libraries and the ELF interpreter that the files need
     * @param move path prefix in the package to path prefix in the image
     */
    record Deb(
            List<String> packages, List<String> files, List<String> without, boolean closure, Map<String, String> move)
            implements LayerSpec {
        public Deb {
            packages = list(packages);
            files = list(files);
            without = list(without);
            move = sorted(move);
        }

        /** The same with the paths of this platform. */
        public Deb on(Platform platform) {
            UnaryOperator<String> path = text -> text.replace("$(multiarch)", platform.machine() + "-linux-gnu");
            Map<String, String> moved = new TreeMap<>();
            move.forEach((from, to) -> moved.put(path.apply(from), path.apply(to)));
            return new Deb(
                    packages,
                    files.stream().map(path).toList(),
                    without.stream().map(path).toList(),
                    closure,
                    moved);
        }
    }

    /**
     * A file or folder of a pinned Python wheel.
     *
     * @param name a lock entry of kind wheel
     * @param version which versions {@code ashlar image lock} may choose, as {@code 25.*}; any when absent
     */
    record Wheel(
            @JsonProperty("package") String name,
            String from,
            String to,
            @Nullable String version) implements LayerSpec {}

    /**
     * A file or folder of the checkout.
     *
     * @param from relative to the image's folder, or to the checkout's root when it begins with a slash
     * @param mode of each file, in octal; when absent 0755 for what is executable, else 0644
     */
    record Files(String from, String to, @Nullable String mode) implements LayerSpec {}

    private static List<String> list(@Nullable List<String> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    private static Map<String, String> sorted(@Nullable Map<String, String> values) {
        return values == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
