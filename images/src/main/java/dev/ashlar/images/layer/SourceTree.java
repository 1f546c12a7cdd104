package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Offline;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A Debian source package unpacked with Debian's patches applied, as {@code dpkg-source -x} does, which few hosts have. */
record SourceTree(LockedSource.DebSource source, Path folder, Path log, Offline offline) {
    private static final Pattern COMPONENT = Pattern.compile(".*\\.orig-([A-Za-z0-9-]+)\\.tar\\.[a-z0-9]+");

    void unpack(List<Path> files) throws IOException {
        List<Path> tars = files.stream()
                .filter(file -> Folders.name(file).matches(".*\\.tar\\.[a-z0-9]+"))
                .sorted()
                .toList();
        List<Path> later = new ArrayList<>();
        for (Path tar : tars) {
            if (Folders.name(tar).contains(".debian.tar.") || isComponent(tar)) {
                later.add(tar);
            } else {
                untar(tar, folder, 1);
            }
        }
        for (Path tar : later) {
            Matcher component = COMPONENT.matcher(Folders.name(tar));
            untar(tar, component.matches() ? folder.resolve(component.group(1)) : folder, component.matches() ? 1 : 0);
        }
        for (Path file : files) {
            if (Folders.name(file).endsWith(".diff.gz")) {
                applyDiff(file);
            }
        }
        applySeries();
    }

    /** The one patch of a package in the old source format. */
    private void applyDiff(Path file) throws IOException {
        Path diff = folder.resolve(".debian.diff");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Files.copy(in, diff);
        }
        apply("-p1", Folders.name(diff));
        Files.delete(diff);
    }

    private static boolean isComponent(Path tar) {
        return COMPONENT.matcher(Folders.name(tar)).matches();
    }

    private void untar(Path tar, Path into, int strip) throws IOException {
        Files.createDirectories(into);
        run(into, List.of("tar", "-xf", tar.toString(), "--strip-components=" + strip, "--no-same-owner"));
    }

    private void applySeries() throws IOException {
        Path series = folder.resolve("debian/patches/series");
        if (!Files.isRegularFile(series)) {
            return;
        }
        for (String line : Files.readAllLines(series)) {
            String patch = line.replaceFirst("(^|\\s)#.*", "").strip();
            if (!patch.isEmpty()) {
                String[] fields = patch.split("\\s+");
                apply(fields.length > 1 ? fields[1] : "-p1", "debian/patches/" + fields[0]);
            }
        }
    }

    private void apply(String strip, String patch) throws IOException {
        // Some of Debian's hunks end without context.
        run(folder, List.of("git", "apply", "--whitespace=nowarn", "--unidiff-zero", strip, patch));
    }

    private void run(Path cwd, List<String> arguments) {
        Map<String, String> environment = new TreeMap<>(HostRun.environment(Folders.parent(log), ""));
        // git must not take a repository around the cache for the one to patch
        environment.put("GIT_CEILING_DIRECTORIES", Folders.parent(cwd).toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        Command.Result result = offline.run(new Command(cwd, environment, arguments, log));
        if (!result.ok()) {
            throw new BuildException("source package %s %s: %s failed (exit %d); its last lines:\n%s"
                    .formatted(
                            source.name(),
                            source.version(),
                            String.join(" ", arguments),
                            result.exit(),
                            result.tail().indent(4).stripTrailing()));
        }
    }
}
