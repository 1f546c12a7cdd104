package dev.ashlar.images.origin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The licences that a Debian copyright file names, when it is in the machine-readable form (DEP 5). */
public final class DebianCopyright {
    private static final String FORMAT = "(?i)^Format(-Specification)?:.*(copyright-format|dep5|dep-5).*";

    private DebianCopyright() {}

    /** None when the file is not there or written for people only. */
    public static List<String> licences(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (lines.stream().limit(5).noneMatch(line -> line.matches(FORMAT))) {
            return List.of();
        }
        return lines.stream()
                .filter(line -> line.regionMatches(true, 0, "License:", 0, 8))
                .map(line -> line.substring(8).strip())
                .filter(name -> !name.isEmpty())
                .map(Spdx::idOf)
                .sorted()
                .distinct()
                .toList();
    }
}
