package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Completes a set of files with every shared library and interpreter that one of them needs. */
record ElfClosure(PackageRoot root, String image, Platform platform) {
    /** Where Debian's loader looks, in its order. */
    private List<String> folders() {
        String own = platform.machine() + "-linux-gnu";
        return List.of("/lib/" + own, "/usr/lib/" + own, "/lib", "/usr/lib", "/lib64", "/usr/lib64");
    }

    void complete(Set<String> paths) throws IOException {
        Deque<String> open = new ArrayDeque<>(paths);
        while (!open.isEmpty()) {
            String path = open.remove();
            if (Elf.isElf(root.file(path))) {
                Set<String> more = new TreeSet<>();
                for (String needed : needs(path)) {
                    root.add(needed, more);
                }
                more.stream().filter(paths::add).forEach(open::add);
            }
        }
    }

    private List<String> needs(String path) throws IOException {
        Elf elf = Elf.read(root.file(path));
        List<String> needs = new ArrayList<>();
        if (elf.interpreter().isPresent()) {
            needs.add(mustHave(elf.interpreter().get(), elf.interpreter().stream(), path));
        }
        for (String library : elf.needed()) {
            Stream<String> own = elf.runPath().stream().map(folder -> expand(folder, path));
            needs.add(mustHave(
                    library, Stream.concat(own, folders().stream()).map(folder -> folder + "/" + library), path));
        }
        return needs;
    }

    private static String expand(String folder, String path) {
        Path origin = Path.of(path).getParent();
        return Path.of(folder.replaceFirst("\\$\\{?ORIGIN}?", String.valueOf(origin)))
                .normalize()
                .toString();
    }

    private String mustHave(String what, Stream<String> places, String neededBy) {
        return places.filter(root::has)
                .findFirst()
                .orElseThrow(() -> new BuildException(
                        "image %s: %s needs %s, which none of the layer's packages has; add the package that has it (apt-file search, or dpkg -S on a machine with it)"
                                .formatted(image, neededBy, what)));
    }
}
