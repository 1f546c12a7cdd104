package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import net.fornwall.jelf.ElfFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Holds an image that claims to be static to its claim: no dynamic ELF file, shell, script or setuid in any layer. */
public final class StaticCheck {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh", "busybox", "toybox");
    private static final int SETUID_OR_SETGID = 06000;
    private static final int EXECUTABLE = 0111;

    private StaticCheck() {}

    /** Throws when the layer breaks the claim. */
    public static void require(String image, Path layer) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(layer), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Optional<String> problem = problem(entry, tar);
                if (problem.isPresent()) {
                    throw new BuildException(
                            "image %s: /%s %s, which a static image must not hold; remove it or write static: false in images/%s/image.yaml"
                                    .formatted(image, entry.getName(), problem.get(), image));
                }
            }
        }
    }

    private static Optional<String> problem(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        if ((entry.getMode() & SETUID_OR_SETGID) != 0) {
            return Optional.of("is setuid or setgid");
        }
        if (SHELLS.contains(entry.getName().replaceFirst(".*/", "")) && !entry.isDirectory()) {
            return Optional.of("is a shell");
        }
        if (!entry.isFile() || entry.getSize() < 4) {
            return Optional.empty();
        }
        byte[] start = tar.readNBytes(4);
        if (start[0] == '#' && start[1] == '!' && (entry.getMode() & EXECUTABLE) != 0) {
            return Optional.of("is a script");
        }
        if (!Elf.isElf(start)) {
            return Optional.empty();
        }
        byte[] all = new byte[(int) entry.getSize()];
        System.arraycopy(start, 0, all, 0, start.length);
        tar.readNBytes(all, start.length, all.length - start.length);
        return Elf.of(ElfFile.from(all)).isDynamic() ? Optional.of("is a dynamic ELF file") : Optional.empty();
    }
}
