package dev.ashlar.images.proof;

import dev.ashlar.images.proof.untrusted.Digests;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.PathTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What an SBOM says of each path: the hash of a file, or where a link leads. */
final class Accounting {
    private static final int HASH = 32;
    private static final byte FILE = 1;
    private static final byte LINK = 2;

    private final PathTable paths;
    private byte[] kinds = new byte[1 << 10];
    private byte[] hashes = new byte[HASH << 10];

    Accounting(PathTable paths) {
        this.paths = paths;
    }

    void file(String path, byte[] sha256) throws Malformed {
        expect(path, FILE, sha256);
    }

    void link(String path, String target) throws Malformed {
        expect(path, LINK, hash(target));
    }

    private void expect(String path, byte kind, byte[] hash) throws Malformed {
        int number = paths.number(path);
        grow(number);
        if (kinds[number] != 0 && (kinds[number] != kind || !Arrays.equals(hash, hash(number)))) {
            throw new Malformed("says two things of /%s".formatted(path));
        }
        kinds[number] = kind;
        System.arraycopy(hash, 0, hashes, number * HASH, HASH);
    }

    /** Why a file of this hash is not what the SBOM says. */
    Optional<String> problemOfFile(int number, byte[] sha256) {
        return problem(number, FILE, sha256, "has another content than its SBOM says");
    }

    /** Why a link to there is not what the SBOM says. */
    Optional<String> problemOfLink(int number, String target) {
        return problem(number, LINK, hash(target), "leads elsewhere than its SBOM says");
    }

    /** Why a hard link, which is the file of the other path, is not what the SBOM says. */
    Optional<String> problemOfSame(int number, int other) {
        grow(Math.max(number, other));
        return problem(number, kinds[other], hash(other), "has another content than its SBOM says");
    }

    private Optional<String> problem(int number, byte kind, byte[] hash, String difference) {
        grow(number);
        if (kinds[number] == 0) {
            return Optional.of("is not in the SBOM");
        }
        boolean same = kinds[number] == kind && Arrays.equals(hash, hash(number));
        return same ? Optional.empty() : Optional.of(difference);
    }

    private byte[] hash(int number) {
        return Arrays.copyOfRange(hashes, number * HASH, (number + 1) * HASH);
    }

    private static byte[] hash(String target) {
        return Digests.sha256().digest(target.getBytes(StandardCharsets.UTF_8));
    }

    private void grow(int number) {
        if (number >= kinds.length) {
            int length = Math.max(number + 1, kinds.length + kinds.length / 2);
            kinds = Arrays.copyOf(kinds, length);
            hashes = Arrays.copyOf(hashes, length * HASH);
        }
    }
}
