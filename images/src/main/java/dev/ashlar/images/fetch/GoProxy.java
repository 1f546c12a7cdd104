package dev.ashlar.images.fetch;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Command.Result;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Go toolchain by this machine's go of any version (1.21 or newer) and its settings; that go compiles nothing. */
final class GoProxy {
    private static final String MODULE = "golang.org/toolchain";
    private static final Pattern RELEASE = Pattern.compile("v0\\.0\\.1-go([0-9]+)\\.([0-9]+)\\.([0-9]+)\\.linux-amd64");

    private final Path folder;

    GoProxy(Path folder) {
        this.folder = folder;
    }

    void download(LockedSource.Go go, Path into) throws IOException {
        Files.createDirectories(folder);
        // go unpacks what it downloads, into this folder instead of the user's
        Path modules = Files.createTempDirectory(folder, "modules");
        try {
            String module = MODULE + "@" + go.moduleVersion();
            Result result = run(modules, List.of("mod", "download", module));
            Path zip = modules.resolve("cache/download/%s/@v/%s.zip".formatted(MODULE, go.moduleVersion()));
            if (!result.ok() || !Files.isRegularFile(zip)) {
                throw explain(go, "go mod download " + module, result);
            }
            Files.move(zip, into.resolve(Folders.name(zip)), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(modules);
        }
    }

    LockedSource.Go offer(String name, String version) throws IOException {
        Files.createDirectories(folder);
        Path into = Files.createTempDirectory(folder, "offer");
        try {
            LockedSource.Go unhashed = new LockedSource.Go(name, version, "amd64", "");
            download(unhashed, into);
            return new LockedSource.Go(
                    name,
                    version,
                    unhashed.arch(),
                    Sha256.of(Folders.below(into).getFirst()));
        } finally {
            Folders.delete(into);
        }
    }

    /** All releases for this processor, the newest first. */
    List<String> versions() throws IOException {
        Files.createDirectories(folder);
        Result result = run(folder.resolve("modules"), List.of("list", "-m", "-versions", MODULE));
        if (!result.ok()) {
            throw new BuildException("go list -m -versions %s failed (exit %d)%s; its last lines:\n%s"
                    .formatted(
                            MODULE,
                            result.exit(),
                            advice(result),
                            result.tail().indent(4).stripTrailing()));
        }
        List<int[]> found = new ArrayList<>();
        for (String word : result.output().split("\\s+")) {
            Matcher release = RELEASE.matcher(word);
            if (release.matches()) {
                found.add(new int[] {
                    Integer.parseInt(release.group(1)),
                    Integer.parseInt(release.group(2)),
                    Integer.parseInt(release.group(3))
                });
            }
        }
        found.sort((one, two) -> java.util.Arrays.compare(two, one));
        return found.stream()
                .map(numbers -> "%d.%d.%d".formatted(numbers[0], numbers[1], numbers[2]))
                .toList();
    }

    private Result run(Path modules, List<String> arguments) {
        Map<String, String> environment = new HashMap<>(Apt.environment());
        environment.merge("PATH", "/usr/local/go/bin", (path, go) -> path + ":" + go);
        environment.putAll(Map.of(
                "GOTOOLCHAIN", "local", "GOWORK", "off", "GOFLAGS", "-modcacherw", "GOMODCACHE", modules.toString()));
        List<String> all = new ArrayList<>(List.of("go"));
        all.addAll(arguments);
        return new Command(folder, environment, all, folder.resolve("log")).run();
    }

    private static BuildException explain(LockedSource.Go go, String command, Result result) {
        return new BuildException("%s %s %s: %s failed (exit %d)%s; its last lines:\n%s"
                .formatted(
                        go.kind(),
                        go.name(),
                        go.version(),
                        command,
                        result.exit(),
                        advice(result),
                        result.tail().indent(4).stripTrailing()));
    }

    private static String advice(Result result) {
        return result.isNetworkFailure() ? ", check the network and go's settings (GOPROXY)" : "";
    }
}
