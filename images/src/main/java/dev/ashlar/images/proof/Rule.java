package dev.ashlar.images.proof;

import java.util.Locale;
import java.util.Optional;

/** What an image is judged by, each rule by itself. */
public enum Rule {
    /** Sizes, digests, diffIDs, media types and archives are as the manifest says, and can be read in one way only. */
    WELL_FORMED,
    /** The tree built it; or its lower layers, its config and every program in it are of an image that the tree built. */
    FROM_SCRATCH,
    /** No ELF file has an interpreter or a dynamic section. */
    STATIC("dynamic"),
    /** No shell, by content or by name. */
    NO_SHELL("shell"),
    /** No interpreter, by content or by name, and no script. */
    NO_INTERPRETER("interpreter"),
    /** No setuid, no setgid, no file capabilities. */
    NO_SETUID,
    NO_WORLD_WRITABLE,
    /** No device node and no pipe. */
    NO_DEVICES,
    /** The config names a numeric user that is not root. */
    NON_ROOT,
    /** Nothing leaves the image's root, hides what is below, or depends on who unpacks it. */
    SAFE_PATHS,
    /** Every file and link is in the image's SBOM, as it is. */
    ACCOUNTED;

    private final Optional<String> allow;

    Rule() {
        this.allow = Optional.empty();
    }

    Rule(String allow) {
        this.allow = Optional.of(allow);
    }

    /** The key under {@code allows} in an {@code image.yaml} that waives the rule; empty: nothing does. */
    public Optional<String> allow() {
        return allow;
    }

    /** The rule's name for people and machines, as {@code no-shell}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
