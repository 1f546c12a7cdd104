package dev.ashlar.images.origin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSection;

/**
 * What Go's linker wrote into a program about its making: the format of package debug/buildinfo since Go 1.18.
 *
 * @param version of Go, as {@code go1.26.8}
 * @param modules the modules that are really linked in, without the main one when that has no version
 * @param settings of the build, as {@code GOARCH}
 */
public record GoProgram(String version, List<Module> modules, Map<String, String> settings) {
    private static final String SECTION = ".go.buildinfo";
    private static final String MAGIC = "\u00ff Go buildinf:";
    private static final int FLAGS = 15;
    private static final int STRINGS_INLINE = 2;
    private static final int HEADER = 32;
    /** Before and after the lines on modules, so that they can be found in a program of any format. */
    private static final int SENTINEL = 16;

    /**
     * A linked module.
     *
     * @param sum as go.sum writes it; empty for one in a folder beside the main module
     */
    public record Module(String path, String version, String sum) {}

    /** Reads the information; a program without it is refused, since its origin would not be known. */
    public static GoProgram read(Path program) throws IOException {
        ElfFile elf = ElfFile.from(program);
        ElfSection section = elf.firstSectionByName(SECTION);
        if (section == null) {
            throw new IOException("%s has no section %s, so it is no program of Go".formatted(program, SECTION));
        }
        byte[] info = new byte[(int) section.header.sh_size];
        try (var file = java.nio.channels.FileChannel.open(program)) {
            file.read(ByteBuffer.wrap(info), section.header.sh_offset);
        }
        if (info.length < HEADER || !new String(info, 0, 14, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw new IOException("%s: section %s is of an unknown form".formatted(program, SECTION));
        }
        if ((info[FLAGS] & STRINGS_INLINE) == 0) {
            throw new IOException("%s was linked by a Go older than 1.18".formatted(program));
        }
        ByteBuffer strings =
                ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
        return parse(string(strings), string(strings));
    }

    private static String string(ByteBuffer from) {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            length |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static GoProgram parse(String version, String framed) {
        String lines = framed.length() < 2 * SENTINEL ? "" : framed.substring(SENTINEL, framed.length() - SENTINEL);
        List<Module> modules = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "mod", "dep" -> modules.add(module(fields));
                case "=>" -> modules.set(modules.size() - 1, module(fields)); // replaces the one before
                case "build" -> {
                    String[] setting = fields[1].split("=", 2);
                    settings.put(setting[0], setting.length == 2 ? setting[1] : "");
                }
                default -> {} // "path": the package, which the recipe names
            }
        }
        modules.removeIf(
                module -> module.version().isEmpty() || module.version().equals("(devel)"));
        return new GoProgram(version.split(" ", 2)[0], List.copyOf(modules), settings);
    }

    private static Module module(String[] fields) {
        return new Module(fields[1], fields.length > 2 ? fields[2] : "", fields.length > 3 ? fields[3] : "");
    }
}
