package dev.ashlar.images.proof;

import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.PathTable;
import java.util.Arrays;
import java.util.Optional;

/** Where the entries of an image stand, from the highest layer down: what hides what, and what contradicts what. */
final class FileTree {
    private static final byte NONE = 0;
    private static final byte FOLDER = 1;
    private static final byte FILE = 2;
    private static final byte OTHER = 3;
    /** No layer: a folder that only others' paths name. */
    private static final byte IMPLIED = -1;

    private final PathTable paths;
    private byte[] kinds = new byte[1 << 10];
    private byte[] layers = new byte[1 << 10];
    private String checkedParent = "";

    FileTree(PathTable paths) {
        this.paths = paths;
    }

    /** What an entry is here. */
    enum Kind {
        FOLDER(FileTree.FOLDER),
        FILE(FileTree.FILE),
        OTHER(FileTree.OTHER);

        private final byte code;

        Kind(byte code) {
            this.code = code;
        }
    }

    /**
     * How an entry stands to those seen before.
     *
     * @param number of its path
     * @param hiddenBy the layer whose entry of this path is the one that counts; empty: this one counts
     */
    record Place(int number, Optional<Integer> hiddenBy, Optional<String> problem) {}

    Place put(String path, Kind kind, int layer) throws Malformed {
        Optional<String> problem = putParents(path);
        int number = number(path);
        byte before = kinds[number];
        byte seenIn = layers[number];
        kinds[number] = kind.code;
        layers[number] = (byte) layer;
        if (before == NONE) {
            return new Place(number, Optional.empty(), problem);
        }
        if (seenIn == layer) {
            return new Place(number, Optional.empty(), problem.or(() -> Optional.of("is twice in one layer")));
        }
        if ((before == FOLDER) != (kind == Kind.FOLDER)) {
            return new Place(
                    number,
                    Optional.of((int) seenIn),
                    problem.or(() -> Optional.of("is a folder by one entry and none by another")));
        }
        boolean hidden = kind != Kind.FOLDER;
        return new Place(number, hidden ? Optional.of((int) seenIn) : Optional.empty(), problem);
    }

    /** Whether this layer has a regular file of that path, which a hard link may name. */
    boolean hasFile(String path, int layer) throws Malformed {
        int number = number(path);
        return kinds[number] == FILE && layers[number] == layer;
    }

    /** The number of a path that is in the tree. */
    int numberOf(String path) throws Malformed {
        return number(path);
    }

    private Optional<String> putParents(String path) throws Malformed {
        int end = path.lastIndexOf('/');
        String parent = end < 0 ? "" : path.substring(0, end);
        if (parent.equals(checkedParent)) {
            return Optional.empty();
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            int number = number(folder);
            if (kinds[number] == NONE) {
                kinds[number] = FOLDER;
                layers[number] = IMPLIED;
            } else if (kinds[number] != FOLDER) {
                return Optional.of("lies below /%s, which is no folder".formatted(folder));
            }
        }
        checkedParent = parent;
        return Optional.empty();
    }

    private int number(String path) throws Malformed {
        int number = paths.number(path);
        if (number >= kinds.length) {
            int length = Math.max(number + 1, 2 * kinds.length);
            kinds = Arrays.copyOf(kinds, length);
            layers = Arrays.copyOf(layers, length);
        }
        return number;
    }
}
