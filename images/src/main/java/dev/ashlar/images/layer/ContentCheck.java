package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.proof.program.Program;
import dev.ashlar.images.proof.program.ProgramReader;
import dev.ashlar.images.recipe.Allows;
import dev.ashlar.images.recipe.Waiver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Holds the layers that an image adds to its base to what its recipe allows: no dynamic ELF file, shell or interpreter
 * without a reason, no reason without one of them, and never setuid, setgid, a device or a program for another processor.
 */
public final class ContentCheck {
    private static final int SETUID_OR_SETGID = 06000;
    private static final int EXECUTABLE = 0111;

    private final String image;
    private final Platform platform;
    private final Allows allows;
    private final ProgramReader programs = new ProgramReader();
    private final Set<Waiver> used = EnumSet.noneOf(Waiver.class);

    private ContentCheck(String image, Platform platform, Allows allows) {
        this.image = image;
        this.platform = platform;
        this.allows = allows;
    }

    /** Throws when the layers hold what is not allowed, or nothing of what is. */
    public static void require(String image, Platform platform, Allows allows, List<Path> layers) throws IOException {
        ContentCheck check = new ContentCheck(image, platform, allows);
        for (Path layer : layers) {
            check.layer(layer);
        }
        for (Waiver waiver : allows.reasons().keySet()) {
            if (!check.used.contains(waiver)) {
                throw new BuildException(
                        "images/%s/image.yaml: allows.%s is stale, since no layer of the image holds %s; remove it"
                                .formatted(image, waiver.key(), waiver.what()));
            }
        }
    }

    private void layer(Path layer) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(layer), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                neverAllowed(entry);
                for (Waiver kind : kinds(entry, tar)) {
                    allowed(entry, kind);
                }
            }
        }
    }

    private void neverAllowed(TarArchiveEntry entry) {
        boolean special = entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
        if (special || (entry.getMode() & SETUID_OR_SETGID) != 0) {
            throw new BuildException("image %s: /%s is %s, which no image may hold; leave it out"
                    .formatted(image, entry.getName(), special ? "a device or a pipe" : "setuid or setgid"));
        }
    }

    private void allowed(TarArchiveEntry entry, Waiver kind) {
        if (!allows.reasons().containsKey(kind)) {
            throw new BuildException(
                    "image %s: /%s is %s; leave it out, or say why it must be there in images/%s/image.yaml with allows: {%s: \"the reason\"}"
                            .formatted(image, entry.getName(), kind.what(), image, kind.key()));
        }
        used.add(kind);
    }

    private Set<Waiver> kinds(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        Set<Waiver> kinds = EnumSet.noneOf(Waiver.class);
        Program program = entry.isFile()
                ? programs.read(name, (entry.getMode() & EXECUTABLE) != 0, tar)
                : Program.ofLink(entry.isSymbolicLink() || entry.isLink() ? name : "");
        program.machine().filter(machine -> machine != platform.elfMachine()).ifPresent(machine -> {
            throw new BuildException(
                    "image %s: /%s is a program for another processor (ELF machine %d) than %s's (%d); build it for that"
                            .formatted(image, entry.getName(), machine, platform, platform.elfMachine()));
        });
        program.dynamic().ifPresent(why -> kinds.add(Waiver.DYNAMIC));
        program.shell().ifPresent(why -> kinds.add(Waiver.SHELL));
        program.interpreter().ifPresent(why -> kinds.add(Waiver.INTERPRETER));
        return kinds;
    }
}
