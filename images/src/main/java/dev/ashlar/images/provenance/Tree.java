package dev.ashlar.images.provenance;

import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Command.Result;
import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The repository that an image is built of.
 *
 * @param commit what is checked out, 40 or 64 hex digits
 * @param clean whether no file differs from it and none is there besides
 */
public record Tree(String commit, boolean clean) {
    /** Asks git; empty for a source tree without history, and where git is not installed. */
    public static Optional<Tree> of(Path root) {
        if (!Files.exists(root.resolve(".git"))) {
            return Optional.empty();
        }
        try {
            Path work = Files.createTempDirectory("tree");
            try {
                Result commit = git(root, work, "rev-parse", "--verify", "HEAD");
                Result status = git(root, work, "status", "--porcelain");
                String id = commit.output().strip();
                return commit.ok() && status.ok() && id.matches("[0-9a-f]{40}|[0-9a-f]{64}")
                        ? Optional.of(new Tree(id, status.output().isBlank()))
                        : Optional.empty();
            } finally {
                Folders.delete(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result git(Path root, Path work, String... arguments) {
        TreeMap<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("GIT_OPTIONAL_LOCKS", "0"); // only looks
        List<String> all = new java.util.ArrayList<>(List.of("git", "-C", root.toString()));
        all.addAll(List.of(arguments));
        return new Command(root, environment, all, work.resolve("log")).run();
    }
}
