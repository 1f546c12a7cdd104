package dev.ashlar.images.proof.untrusted;

import java.util.Set;

/**
 * What a tar says of one entry, nothing of it checked.
 *
 * @param name as it stands there
 * @param mode permission bits with setuid, setgid and sticky
 * @param size bytes of content; 0 for all but files
 * @param target of a link, else empty
 * @param attributes names of extended attributes
 */
public record TarEntry(Type type, String name, int mode, long size, String target, Set<String> attributes) {
    /** The kinds of entries; what else tar knows is refused. */
    public enum Type {
        FILE,
        FOLDER,
        SYMLINK,
        HARDLINK,
        DEVICE,
        PIPE
    }
}
