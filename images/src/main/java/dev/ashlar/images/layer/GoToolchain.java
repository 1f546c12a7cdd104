package dev.ashlar.images.layer;

import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Go compiler out of its locked module; the host's go, of whatever version, only fetches. */
record GoToolchain(Bench bench) {
    private static final Pattern NAMED = Pattern.compile("(?m)^toolchain go(\\S+)\\s*$");

    private LockedSource.Go locked() {
        return bench.lock().go();
    }

    void addInputs(Sha256 inputs) {
        inputs.add("toolchain", locked().toString());
    }

    /** GOROOT; refuses a go.mod that names another toolchain than the lock. */
    Path root() throws IOException {
        checkGoMod();
        Wanted wanted =
                new Wanted("go", new Sha256().add("go", locked().toString()).hex(), 400);
        return bench.tools().get(wanted, (content, work) -> {
            Path zip = bench.sources().files(locked()).getFirst();
            bench.progress().say("unpacking go %s", locked().version());
            unpack(zip, content);
        });
    }

    private void checkGoMod() throws IOException {
        Path file = bench.folder().resolve("go.mod");
        if (!Files.isRegularFile(file)) {
            throw new BuildException(
                    "image %s has a go layer but no go.mod; make one in images/%s with: go mod init ashlar/images/%s"
                            .formatted(bench.image(), bench.image(), bench.image()));
        }
        Matcher named = NAMED.matcher(Files.readString(file));
        if (named.find() && !named.group(1).equals(locked().version())) {
            throw new BuildException(
                    "images/%s/go.mod says toolchain go%s, but images/lock.yaml has Go %s, which compiles everything;"
                                    .formatted(bench.image(), named.group(1), locked().version())
                            + " write the same version into both, or run: ashlar image lock");
        }
    }

    /** A module's zip has neither executable bits nor files named go.mod below its root, which the compiler needs. */
    private void unpack(Path zip, Path content) throws IOException {
        Zip.unpack(zip, "golang.org/toolchain@" + locked().moduleVersion(), content);
        for (String module : List.of("src/go.mod", "src/cmd/go.mod")) {
            Path file = content.resolve(module);
            Files.move(file.resolveSibling("_go.mod"), file);
        }
        for (String programs : List.of("bin", "pkg/tool")) {
            for (Path file : Folders.below(content.resolve(programs))) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
