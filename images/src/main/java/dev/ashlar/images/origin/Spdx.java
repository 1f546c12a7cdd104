package dev.ashlar.images.origin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The names and addresses by which packages call licences, as the ids of the SPDX list; only where they mean exactly one. */
public final class Spdx {
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("0BSD", List.of()),
            Map.entry(
                    "Apache-2.0",
                    List.of(
                            "apache license 2.0",
                            "apache license, version 2.0",
                            "the apache license, version 2.0",
                            "the apache software license, version 2.0",
                            "apache.org/licenses/license-2.0",
                            "repository.jboss.org/licenses/apache-2.0",
                            "opensource.org/licenses/apache-2.0")),
            Map.entry("Artistic-2.0", List.of()),
            Map.entry("BSD-2-Clause", List.of()),
            Map.entry("BSD-3-Clause", List.of("eclipse.org/org/documents/edl-v10", "edl 1.0")),
            Map.entry("BSL-1.0", List.of()),
            Map.entry("CC0-1.0", List.of("creativecommons.org/publicdomain/zero/1.0")),
            Map.entry("curl", List.of()),
            Map.entry(
                    "EPL-2.0",
                    List.of(
                            "eclipse.org/legal/epl-2.0",
                            "eclipse.org/org/documents/epl-2.0/epl-2.0",
                            "projects.eclipse.org/license/epl-2.0",
                            "epl 2.0")),
            Map.entry("GPL-1.0-only", List.of("gpl-1")),
            Map.entry("GPL-1.0-or-later", List.of("gpl-1+")),
            Map.entry(
                    "GPL-2.0-only",
                    List.of("gpl-2", "license :: osi approved :: gnu general public license v2 (gplv2)")),
            Map.entry(
                    "GPL-2.0-or-later",
                    List.of("gpl-2+", "license :: osi approved :: gnu general public license v2 or later (gplv2+)")),
            Map.entry("GPL-3.0-only", List.of("gpl-3")),
            Map.entry("GPL-3.0-or-later", List.of("gpl-3+")),
            Map.entry("ISC", List.of("license :: osi approved :: isc license (iscl)")),
            Map.entry("LGPL-2.0-only", List.of("lgpl-2")),
            Map.entry("LGPL-2.0-or-later", List.of("lgpl-2+")),
            Map.entry("LGPL-2.1-only", List.of("lgpl-2.1")),
            Map.entry("LGPL-2.1-or-later", List.of("lgpl-2.1+")),
            Map.entry("LGPL-3.0-only", List.of("lgpl-3")),
            Map.entry("LGPL-3.0-or-later", List.of("lgpl-3+")),
            Map.entry(
                    "MIT",
                    List.of(
                            "expat",
                            "mit license",
                            "the mit license",
                            "opensource.org/license/mit",
                            "opensource.org/licenses/mit",
                            "opensource.org/licenses/mit-license",
                            "license :: osi approved :: mit license")),
            Map.entry("MIT-0", List.of()),
            Map.entry("MPL-1.1", List.of()),
            Map.entry("MPL-2.0", List.of("license :: osi approved :: mozilla public license 2.0 (mpl 2.0)")),
            Map.entry("NCSA", List.of()),
            Map.entry("OpenSSL", List.of()),
            Map.entry("PostgreSQL", List.of()),
            Map.entry("Unlicense", List.of()),
            Map.entry("Zlib", List.of()));

    private static final Map<String, String> IDS = ids();

    private Spdx() {}

    private static Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        NAMES.forEach((id, names) -> {
            ids.put(id.toLowerCase(Locale.ROOT), id);
            names.forEach(name -> ids.put(name, id));
        });
        return ids;
    }

    /** The SPDX id, or what was given when it is not certain which one is meant. */
    static String idOf(String name) {
        String plain = name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://(www\\.)?", "")
                .replaceFirst("(\\.txt|\\.html|\\.php|/)$", "");
        return IDS.getOrDefault(plain, name.strip());
    }

    /** Whether this is an id of the SPDX list that {@link #idOf} gives. */
    public static boolean isId(String licence) {
        return NAMES.containsKey(licence);
    }

    /** Whether this is an SPDX expression that combines several such ids. */
    public static boolean isExpression(String licence) {
        String[] ids = licence.replaceAll("[()]", "").split(" (OR|AND) ");
        return ids.length > 1 && Arrays.stream(ids).allMatch(Spdx::isId);
    }
}
