package dev.ashlar.images.proof;

import dev.ashlar.images.proof.FileTree.Kind;
import dev.ashlar.images.proof.FileTree.Place;
import dev.ashlar.images.proof.program.Program;
import dev.ashlar.images.proof.program.ProgramReader;
import dev.ashlar.images.proof.untrusted.Digests;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.TarEntry;
import dev.ashlar.images.proof.untrusted.TarEntry.Type;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Holds every entry of an image's layers, from the highest layer down, to the rules on files. */
final class EntryRules {
    private static final int SETUID_OR_SETGID = 06000;
    private static final int WORLD_WRITABLE = 0002;
    private static final int EXECUTABLE = 0111;

    private final Findings findings;
    private final Trust trust;
    private final FileTree tree;
    private final Optional<Accounting> accounting;
    private final ProgramReader programs = new ProgramReader();

    /** @param accounting what the SBOM says; empty when there is none, which is said elsewhere */
    EntryRules(Findings findings, Trust trust, FileTree tree, Optional<Accounting> accounting) {
        this.findings = findings;
        this.trust = trust;
        this.tree = tree;
        this.accounting = accounting;
    }

    /** Judges one entry and reads its content to the end. */
    void judge(TarEntry entry, InputStream content, int layer) throws IOException {
        String shown = "/" + entry.name().replaceFirst("^(\\./|/)+", "");
        modes(entry, shown);
        EntryPath path = EntryPath.of(entry.name());
        path.problem().ifPresent(why -> findings.add(Rule.SAFE_PATHS, shown, why));
        if (path.isRoot() || path.problem().isPresent()) {
            file(entry, path, content, layer, Optional.empty());
            return;
        }
        Place place = tree.put(path.clean(), kind(entry.type()), layer);
        place.problem().ifPresent(why -> findings.add(Rule.SAFE_PATHS, shown, why));
        place.hiddenBy().ifPresent(upper -> replaced(shown, layer, upper));
        switch (entry.type()) {
            case FILE -> file(entry, path, content, layer, Optional.of(place));
            case SYMLINK -> symlink(entry, path, place);
            case HARDLINK -> hardlink(entry, path, place, layer);
            case DEVICE, PIPE, FOLDER -> {}
        }
    }

    private void modes(TarEntry entry, String shown) {
        if ((entry.mode() & SETUID_OR_SETGID) != 0) {
            findings.add(Rule.NO_SETUID, shown, "is setuid or setgid");
        }
        if ((entry.mode() & WORLD_WRITABLE) != 0 && entry.type() != Type.SYMLINK) {
            findings.add(Rule.NO_WORLD_WRITABLE, shown, "may be written by everyone");
        }
        if (entry.type() == Type.DEVICE || entry.type() == Type.PIPE) {
            findings.add(Rule.NO_DEVICES, shown, "is a device or a pipe");
        }
        for (String attribute : entry.attributes()) {
            if (attribute.equals("security.capability")) {
                findings.add(Rule.NO_SETUID, shown, "has file capabilities");
            } else if (attribute.contains("overlay.")) {
                findings.add(Rule.SAFE_PATHS, shown, "carries overlayfs' own mark " + attribute);
            }
        }
    }

    private void replaced(String shown, int layer, int upper) {
        if (trust.knows(layer) && !trust.knows(upper)) {
            findings.add(Rule.FROM_SCRATCH, shown, "is its base's, and a layer above replaces it");
        }
    }

    private void file(TarEntry entry, EntryPath path, InputStream content, int layer, Optional<Place> place)
            throws IOException {
        if (entry.type() != Type.FILE) {
            return;
        }
        MessageDigest digest = Digests.sha256();
        boolean executable = (entry.mode() & EXECUTABLE) != 0;
        Program program = programs.read(path.name(), executable, new DigestInputStream(content, digest));
        kinds(program, path.shown());
        if (program.isNative() && !trust.knows(layer) && trust.base().isPresent()) {
            findings.add(Rule.FROM_SCRATCH, path.shown(), "is a program, and no layer that this tree built");
        }
        account(place, path, (book, number) -> book.problemOfFile(number, digest.digest()));
    }

    private void kinds(Program program, String shown) {
        program.dynamic().ifPresent(why -> findings.add(Rule.STATIC, shown, why));
        program.shell().ifPresent(why -> findings.add(Rule.NO_SHELL, shown, why));
        program.interpreter().ifPresent(why -> findings.add(Rule.NO_INTERPRETER, shown, why));
    }

    private void symlink(TarEntry entry, EntryPath path, Place place) throws IOException {
        kinds(Program.ofLink(path.name()), path.shown());
        path.problemOfLink(entry.target()).ifPresent(why -> findings.add(Rule.SAFE_PATHS, path.shown(), why));
        account(Optional.of(place), path, (book, number) -> book.problemOfLink(number, entry.target()));
    }

    private void hardlink(TarEntry entry, EntryPath path, Place place, int layer) throws Malformed {
        kinds(Program.ofLink(path.name()), path.shown());
        EntryPath target = EntryPath.of(entry.target());
        if (target.problem().isPresent() || !tree.hasFile(target.clean(), layer)) {
            findings.add(
                    Rule.SAFE_PATHS,
                    path.shown(),
                    "is a hard link to %s, no file of its layer".formatted(entry.target()));
            return;
        }
        int other = tree.numberOf(target.clean());
        account(Optional.of(place), path, (book, number) -> book.problemOfSame(number, other));
    }

    @FunctionalInterface
    private interface Check {
        Optional<String> problem(Accounting accounting, int number);
    }

    private void account(Optional<Place> place, EntryPath path, Check check) {
        if (accounting.isPresent()
                && place.isPresent()
                && place.get().hiddenBy().isEmpty()) {
            check.problem(accounting.get(), place.get().number())
                    .ifPresent(why -> findings.add(Rule.ACCOUNTED, path.shown(), why));
        }
    }

    private static Kind kind(Type type) {
        return switch (type) {
            case FOLDER -> Kind.FOLDER;
            case FILE -> Kind.FILE;
            case SYMLINK, HARDLINK, DEVICE, PIPE -> Kind.OTHER;
        };
    }
}
