package dev.ashlar.images.origin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises the whole text of a licence; a text with anything more or less than one licence is not certain. */
public final class LicenceText {
    private static final Pattern FILE = Pattern.compile("(?i)(un)?licen[cs]e([-.].*)?|copying([-.].*)?");
    private static final int LARGEST = 64 << 10;
    private static final String BSD_START =
            "redistribution and use in source and binary forms,? with or without modification,? are permitted provided that the"
                    + " following conditions are met:? (?:[1*.o-]\\W*)?redistributions of source code must retain the above copyright notice,?"
                    + " this list of conditions and the following disclaimer\\.? (?:[2*.o-]\\W*)?redistributions in binary form must"
                    + " reproduce the above copyright notice,? this list of conditions and the following disclaimer in the"
                    + " documentation and/or other materials provided with the distribution\\.? ";
    private static final String BSD_END =
            "this software is provided by .{1,80} as is and any express or implied warranties,.{570,650}"
                    + "even if advised of the possibility of such damage\\.?";
    private static final Map<String, Pattern> WHOLE = Map.of(
            "MIT",
            Pattern.compile(
                    "permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated"
                            + " documentation files \\(the software\\), to deal in the software without restriction,.{360,380}"
                            + "the software is provided as is, without warranty of any kind,.{340,370}"
                            + "or the use or other dealings in the software\\.?"),
            "ISC",
            Pattern.compile(
                    "permission to use, copy, modify,? and(?:/or)? distribute this software for any purpose with or"
                            + " without fee is hereby granted, provided that the above copyright notice and this permission notice"
                            + " appear in all copies\\. the software is provided as is and .{400,430}"
                            + "use or performance of this software\\.?"),
            "BSD-2-Clause",
            Pattern.compile(BSD_START + BSD_END),
            "BSD-3-Clause",
            Pattern.compile(
                    BSD_START + "(?:[3*.o-]\\W*)?neither the names? of .{1,120} nor the names of .{1,60} may be used to"
                            + " endorse or promote products derived from this software without specific prior written permission\\.? "
                            + BSD_END),
            "Apache-2.0",
            Pattern.compile(
                    "apache license version 2\\.0, january 2004 https?://www\\.apache\\.org/licenses/ terms and conditions for"
                            + " use, reproduction, and distribution 1\\. definitions\\. .{8250,9000}or additional liability\\."
                            + "(?: end of terms and conditions)?(?: appendix: how to apply the apache license to your work\\. .{900,1500}limitations under the license\\.)?"
                            + "(?: copyright .{1,200} licensed under the apache license, version 2\\.0 .{400,600}limitations under the license\\.)?"),
            "MPL-2.0",
            Pattern.compile("mozilla public license,? version 2\\.0 (?:=+ )?1\\. definitions .{14000,15200}"
                    + "incompatible with secondary licenses, as defined by the mozilla public license, v\\. 2\\.0\\."));

    private LicenceText() {}

    /** The licence of a folder that holds exactly one licence file; none when that is not certain. */
    public static List<String> ofFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> texts = files.filter(file ->
                            FILE.matcher(String.valueOf(file.getFileName())).matches() && Files.isRegularFile(file))
                    .toList();
            if (texts.size() != 1 || Files.size(texts.getFirst()) > LARGEST) {
                return List.of();
            }
            String text = new String(Files.readAllBytes(texts.getFirst()), StandardCharsets.UTF_8);
            return identify(text).stream().toList();
        }
    }

    static Optional<String> identify(String text) {
        String plain = plain(text);
        return WHOLE.entrySet().stream()
                .filter(licence -> licence.getValue().matcher(plain).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Lower case, one space between words, without titles, copyright lines and quotation marks. */
    private static String plain(String text) {
        StringBuilder kept = new StringBuilder();
        boolean apacheOrMozilla = text.contains("Apache License") || text.contains("Mozilla Public License");
        for (String line : text.lines().toList()) {
            String words = line.strip().toLowerCase(Locale.ROOT);
            boolean title = words.matches(
                    "(the )?(mit|isc|bsd|bsd[- ][23][- ]clause|(new|modified|simplified) bsd).{0,12}licen[cs]e.{0,40}");
            boolean copyright = words.matches(
                    "[/#*\\s]*((portions )?copyright( |:|\\()(?!notice|holder|owner).*|\\(c\\).*|©.*|all rights reserved\\.?)");
            if (apacheOrMozilla || !title && !copyright) {
                kept.append(words).append(' ');
            }
        }
        return kept.toString()
                .replaceAll("[\"'“”‘’`]", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
