package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Files out of locked Debian packages, if wanted with the shared libraries that they need. */
record DebFiles(LayerSpec.Deb spec, Bench bench) implements LayerBuild {
    @Override
    public void addInputs(Sha256 inputs) {
        inputs.add("deb", spec.toString());
        for (String name : spec.packages()) {
            inputs.add("package", bench.lock().deb(name).toString());
        }
    }

    @Override
    public void build(Path tree, Path work) throws IOException {
        Path root = Files.createDirectories(work.resolve("root"));
        for (String name : spec.packages()) {
            Path deb = bench.sources().files(bench.lock().deb(name)).getFirst();
            new Command(
                            work,
                            HostRun.environment(work, ""),
                            List.of("dpkg-deb", "-x", deb.toString(), root.toString()),
                            work.resolve("dpkg-deb.log"))
                    .mustRun("image %s, package %s".formatted(bench.image(), name));
        }
        PackageRoot packages = new PackageRoot(root);
        Set<String> wanted = new TreeSet<>();
        for (String file : spec.files()) {
            if (!packages.add(file, wanted)) {
                throw new BuildException("image %s: none of the packages %s has %s; see what one has with: dpkg-deb -c"
                        .formatted(bench.image(), spec.packages(), file));
            }
        }
        if (spec.closure()) {
            new ElfClosure(packages, bench.image()).complete(wanted);
        }
        for (String path : wanted) {
            copy(root.resolve(path.substring(1)), tree.resolve(moved(path).substring(1)));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to);
        } else {
            Folders.copy(from, to, file -> true);
        }
    }

    private String moved(String path) {
        for (Map.Entry<String, String> move : spec.move().entrySet()) {
            if (path.equals(move.getKey()) || path.startsWith(move.getKey() + "/")) {
                return move.getValue() + path.substring(move.getKey().length());
            }
        }
        return path;
    }

    @Override
    public long mebibytes() {
        return 300;
    }

    @Override
    public String kind() {
        return "deb";
    }
}
