package dev.ashlar.images.proof.program;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for all signatures at once in a stream of bytes, by the automaton of Aho and Corasick. */
final class SignatureScan {
    private static final int BYTES = 256;
    private static final SignatureScan AUTOMATON = new SignatureScan(Signature.ALL);

    private final int[] next;
    private final long[] found;

    private SignatureScan(List<Signature> signatures) {
        List<int[]> children = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        grow(children, ends);
        for (Signature signature : signatures) {
            int state = 0;
            for (byte b : signature.text().getBytes(StandardCharsets.US_ASCII)) {
                if (children.get(state)[b] < 0) {
                    children.get(state)[b] = grow(children, ends);
                }
                state = children.get(state)[b];
            }
            ends.set(state, ends.get(state) | signature.bit());
        }
        this.next = new int[children.size() * BYTES];
        this.found = ends.stream().mapToLong(Long::longValue).toArray();
        link(children);
    }

    private static int grow(List<int[]> children, List<Long> ends) {
        int[] none = new int[BYTES];
        Arrays.fill(none, -1);
        children.add(none);
        ends.add(0L);
        return children.size() - 1;
    }

    /** Breadth first: where a state has no child, the step is that of its longest proper suffix. */
    private void link(List<int[]> children) {
        int[] suffix = new int[children.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int state = queue.remove();
            found[state] |= found[suffix[state]];
            for (int b = 0; b < BYTES; b++) {
                int child = children.get(state)[b];
                int fallback = state == 0 ? 0 : next[suffix[state] * BYTES + b];
                next[state * BYTES + b] = child < 0 ? fallback : child;
                if (child >= 0) {
                    suffix[child] = fallback;
                    queue.add(child);
                }
            }
        }
    }

    /** One scan's place and what it found. */
    static final class Cursor {
        private int state;
        private long seen;

        void scan(byte[] bytes, int length) {
            int[] next = AUTOMATON.next;
            long[] found = AUTOMATON.found;
            for (int i = 0; i < length; i++) {
                state = next[state * BYTES + (bytes[i] & 0xff)];
                seen |= found[state];
            }
        }

        /** The bits of all signatures that were seen. */
        long seen() {
            return seen;
        }
    }
}
