package dev.ashlar.images.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfDynamicSection;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * What an ELF file asks of others.
 *
 * @param interpreter absolute path of the program that loads it; absent for a library or a static program
 * @param needed names of shared libraries
 * @param runPath folders to look for them first, {@code $ORIGIN} being the file's own
 */
record Elf(Optional<String> interpreter, List<String> needed, List<String> runPath) {
    private static final int MAGIC = 0x7f454c46;
    private static final int PT_INTERP = 3;

    static boolean isElf(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.isSymbolicLink(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return isElf(in.readNBytes(4));
        }
    }

    static boolean isElf(byte[] start) {
        return start.length >= 4 && (start[0] << 24 | start[1] << 16 | start[2] << 8 | start[3]) == MAGIC;
    }

    static Elf read(Path file) throws IOException {
        return of(ElfFile.from(file));
    }

    static Elf of(ElfFile elf) {
        ElfSegment interpreter = elf.firstSegmentByType(PT_INTERP);
        ElfDynamicSection dynamic = elf.firstSectionByType(ElfDynamicSection.class);
        return new Elf(
                interpreter == null ? Optional.empty() : Optional.of(elf.getInterpreter()),
                dynamic == null ? List.of() : dynamic.getNeededLibraries(),
                dynamic == null ? List.of() : runPath(elf, dynamic));
    }

    /** The old tag counts like the new one here: both only say where to look. */
    private static List<String> runPath(ElfFile elf, ElfDynamicSection dynamic) {
        return dynamic.entries.stream()
                .filter(entry ->
                        entry.d_tag == ElfDynamicSection.DT_RPATH || entry.d_tag == ElfDynamicSection.DT_RUNPATH)
                .flatMap(entry -> Stream.of(elf.getDynamicStringTable()
                        .get((int) entry.d_val_or_ptr)
                        .split(":")))
                .toList();
    }
}
