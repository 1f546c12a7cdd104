package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Offline;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.DebianCopyright;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LayerSpec;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
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
            inputs.add("package", locked(name).toString());
        }
    }

    @Override
    public void fetch(Path work) {
        spec.packages().forEach(name -> bench.sources().files(locked(name)));
    }

    private LockedSource.Deb locked(String name) {
        return bench.lock().deb(name, bench.platform());
    }

    @Override
    public Origins build(Path tree, Path work) throws IOException {
        Path root = Files.createDirectories(work.resolve("root"));
        Map<Path, Source> owners = unpack(root, work);
        PackageRoot packages = new PackageRoot(root);
        Set<String> wanted = new TreeSet<>();
        for (String file : spec.files()) {
            if (!packages.add(file, wanted)) {
                throw new BuildException("image %s: none of the packages %s has %s; see what one has with: dpkg-deb -c"
                        .formatted(bench.image(), spec.packages(), file));
            }
        }
        leaveOut(wanted);
        if (spec.closure()) {
            new ElfClosure(packages, bench.image(), bench.platform()).complete(wanted);
        }
        Map<String, Source> sources = new HashMap<>();
        for (String path : wanted) {
            Path inside = Path.of(path.substring(1));
            copy(root.resolve(inside), tree.resolve(moved(path).substring(1)));
            sources.put(moved(path), owner(root, inside, owners));
        }
        return Origins.of(tree, "", path -> List.of(sources.get(path)));
    }

    /** Unpacks all packages over each other and returns whose each file is. */
    private Map<Path, Source> unpack(Path root, Path work) throws IOException {
        Map<Path, Source> owners = new HashMap<>();
        for (String name : spec.packages()) {
            LockedSource.Deb locked = locked(name);
            Path deb = bench.sources().files(locked).getFirst();
            Command unpack = new Command(
                    work,
                    HostRun.environment(work, ""),
                    List.of("dpkg-deb", "-x", deb.toString(), root.toString()),
                    work.resolve("dpkg-deb.log"));
            new Offline(bench.progress()).mustRun(unpack, "image %s, package %s".formatted(bench.image(), name));
            Path copyright = root.resolve("usr/share/doc").resolve(name).resolve("copyright");
            Source source = Source.of(locked, bench.debianRelease(), DebianCopyright.licences(copyright));
            Folders.below(root).forEach(path -> owners.putIfAbsent(root.relativize(path), source));
        }
        return owners;
    }

    private void leaveOut(Set<String> wanted) {
        for (String path : spec.without()) {
            if (!wanted.removeIf(file -> file.equals(path) || file.startsWith(path + "/"))) {
                throw new BuildException(
                        "image %s: without %s leaves nothing out, since it is not below any of files; remove it"
                                .formatted(bench.image(), path));
            }
        }
    }

    /** The package of a file, which may have been asked for through a linked folder, as /lib is in newer releases. */
    private Source owner(Path root, Path inside, Map<Path, Source> owners) throws IOException {
        Path real = Folders.parent(root.resolve(inside)).toRealPath().resolve(Folders.name(inside));
        Source owner = owners.get(root.toRealPath().relativize(real));
        if (owner == null) {
            throw new BuildException(
                    "image %s: no package of the layer has /%s, to which a link leads; add the package that has it"
                            .formatted(bench.image(), inside));
        }
        return owner;
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
