package dev.ashlar.operator.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The certificates out of Secrets that the gateway is told of: all of them are in its configuration, which has an end, so that the oldest
 * Sites come first.
 *
 * @param bySite the name of each Site's, by {@code NAMESPACE/NAME}
 * @param pems chain and key, by that name
 */
record GivenCertificates(Map<String, String> bySite, SortedMap<String, String> pems) {
    /** The Secret of the configuration has room for a MiB, of which a thousand Sites take a tenth. */
    private static final int ROOM = 512 << 10;

    static GivenCertificates of(Collection<SiteRoutes> sites) {
        SortedMap<String, String> bySite = new TreeMap<>();
        SortedMap<String, String> pems = new TreeMap<>();
        int size = 0;
        List<SiteRoutes> oldestFirst = sites.stream()
                .sorted(Comparator.comparing(SiteRoutes::created).thenComparing(SiteRoutes::key))
                .toList();
        for (SiteRoutes site : oldestFirst) {
            if (site.given().certificate().isEmpty()) {
                continue;
            }
            String pem = site.given().certificate().get().text();
            String name = name(pem);
            if (!pems.containsKey(name) && size + pem.length() > ROOM) {
                continue;
            }
            size += pems.put(name, pem) == null ? pem.length() : 0;
            bySite.put(site.key(), name);
        }
        return new GivenCertificates(bySite, pems);
    }

    /** Whether the Site has one that found no room. */
    boolean leavesOut(SiteRoutes site) {
        return site.given().certificate().isPresent() && !bySite.containsKey(site.key());
    }

    private static String name(String pem) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(pem.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
