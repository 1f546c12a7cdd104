package dev.ashlar.images.proof.untrusted;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Numbers paths from 0 on in 16 bytes each, however long they are: 128 bits of their SHA-256 stand for them, so that an
 * image of hundreds of thousands of files is held in a few MiB.
 */
public final class PathTable {
    private static final int EMPTY = -1;

    private final int limit;
    private final MessageDigest digest = Digests.sha256();
    private long[] keys = new long[2 << 10];
    private int[] slots = new int[2 << 10];
    private int size;

    /** @param limit paths; more are refused */
    public PathTable(int limit) {
        this.limit = limit;
        Arrays.fill(slots, EMPTY);
    }

    public int size() {
        return size;
    }

    /** The number of the path, which it got when it was first asked for. */
    public int number(String path) throws Malformed {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong();
        long low = hash.getLong();
        int found = slots[slot(high, low)];
        return found == EMPTY ? append(high, low) : found;
    }

    private int slot(long high, long low) {
        int slot = (int) high & slots.length - 1;
        while (slots[slot] != EMPTY && (keys[2 * slots[slot]] != high || keys[2 * slots[slot] + 1] != low)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private int append(long high, long low) throws Malformed {
        if (size == limit) {
            throw new Malformed("has more than %d paths".formatted(limit));
        }
        keys = 2 * size == keys.length ? Arrays.copyOf(keys, 2 * keys.length) : keys;
        keys[2 * size] = high;
        keys[2 * size + 1] = low;
        slots[slot(high, low)] = size++;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        Arrays.fill(slots, EMPTY);
        for (int number = 0; number < size; number++) {
            slots[slot(keys[2 * number], keys[2 * number + 1])] = number;
        }
    }
}
