package dev.ashlar.images.proof.untrusted;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What headers before the entry's own say of it: POSIX extended records, or GNU's long names. */
final class Extensions {
    private static final String[] ATTRIBUTES = {"SCHILY.xattr.", "LIBARCHIVE.xattr."};

    @Nullable
    String name;

    @Nullable
    String target;

    @Nullable
    Long size;

    final Set<String> attributes = new HashSet<>();
    private boolean used;

    boolean isUsed() {
        return used;
    }

    void longName(byte[] content) throws Malformed {
        used = true;
        name = once(name, terminated(content));
    }

    void longTarget(byte[] content) throws Malformed {
        used = true;
        target = once(target, terminated(content));
    }

    private static String terminated(byte[] content) throws Malformed {
        int end = 0;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        return TarHeader.utf8(content, 0, end);
    }

    /** Records of the form {@code LENGTH KEY=VALUE\n}, where the length counts the whole record. */
    void records(byte[] content) throws Malformed {
        if (used) {
            throw new Malformed("has two extended tar headers for one entry");
        }
        used = true;
        for (int start = 0; start < content.length; ) {
            int space = indexOf(content, ' ', start);
            int length = length(content, start, space);
            int end = start + length - 1;
            if (length <= space - start + 1 || end >= content.length || content[end] != '\n') {
                throw broken();
            }
            record(content, space + 1, end);
            start = end + 1;
        }
    }

    private void record(byte[] content, int start, int end) throws Malformed {
        int equals = indexOf(content, '=', start);
        if (equals >= end) {
            throw broken();
        }
        String key = TarHeader.utf8(content, start, equals - start);
        switch (key) {
            case "path" -> name = once(name, value(content, equals + 1, end));
            case "linkpath" -> target = once(target, value(content, equals + 1, end));
            case "size" -> size = once(size, sizeOf(value(content, equals + 1, end)));
            case "hdrcharset" -> throw new Malformed("has a tar header with a character set of its own");
            default -> other(key);
        }
    }

    private void other(String key) throws Malformed {
        if (key.startsWith("GNU.sparse.")) {
            throw new Malformed("has a sparse file, whose content readers see differently");
        }
        for (String prefix : ATTRIBUTES) {
            if (key.startsWith(prefix)) {
                attributes.add(key.substring(prefix.length()));
            }
        }
    }

    private static String value(byte[] content, int start, int end) throws Malformed {
        String value = TarHeader.utf8(content, start, end - start);
        if (value.isEmpty() || value.indexOf('\0') >= 0) {
            throw broken();
        }
        return value;
    }

    private static long sizeOf(String value) throws Malformed {
        if (!value.matches("[0-9]{1,15}")) {
            throw broken();
        }
        return Long.parseLong(value);
    }

    private static <T> T once(@Nullable T before, T now) throws Malformed {
        if (before != null) {
            throw new Malformed("has a tar entry that is named twice");
        }
        return now;
    }

    private static int length(byte[] content, int start, int space) throws Malformed {
        String digits = new String(content, start, space - start, StandardCharsets.ISO_8859_1);
        if (!digits.matches("[0-9]{1,8}")) {
            throw broken();
        }
        return Integer.parseInt(digits);
    }

    private static int indexOf(byte[] content, char wanted, int from) throws Malformed {
        for (int i = from; i < content.length; i++) {
            if (content[i] == wanted) {
                return i;
            }
        }
        throw broken();
    }

    private static Malformed broken() {
        return new Malformed("has a broken extended tar header");
    }
}
