package dev.ashlar.images;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Difference;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds images a second time {@link Elsewhere} and compares. That a result was the same is kept for {@link #isKnown}. */
final class Reproduction implements AutoCloseable {
    private static final String PREFIX = "reproduce-";

    private final Path cache;
    private final Images first;
    private @Nullable Path folder;
    private @Nullable Elsewhere elsewhere;

    Reproduction(Checkout checkout, Images images) {
        this.cache = checkout.cache();
        this.first = images;
    }

    /** Whether this machine has built it twice of the same inputs in the same surroundings, with the same result. */
    boolean isKnown(String name) {
        return Files.isRegularFile(verdict(name));
    }

    /** The first file that differs, in one phrase; empty when the second build is the same. */
    Optional<String> difference(String name) {
        try {
            Elsewhere second = elsewhere();
            second.build(name);
            Optional<String> difference = compare(name, second.images());
            if (difference.isEmpty() && second.isComplete()) {
                Files.createDirectories(Folders.parent(verdict(name)));
                Files.writeString(verdict(name), "the same, built twice\n");
            }
            return difference;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path verdict(String name) {
        Sha256 inputs = new Sha256()
                .add(Elsewhere.NAME, first.build(Elsewhere.NAME).inputs())
                .add("inputs", first.build(name).inputs());
        return cache.resolve("reproduced").resolve(name + "-" + inputs.hex());
    }

    private Optional<String> compare(String name, Images second) throws IOException {
        if (first.build(name).makesPrograms()) {
            return Difference.ofFolders(first.programs(name), second.programs(name));
        }
        BuiltImage one = first.image(name);
        BuiltImage two = second.image(name);
        return one.digest().equals(two.digest())
                ? Optional.empty()
                : Optional.of(Difference.ofImages(new Layout(one.layout()), new Layout(two.layout())));
    }

    /** Made for the first image; the next ones find there what its compilers left. */
    private Elsewhere elsewhere() throws IOException {
        if (elsewhere == null) {
            Files.createDirectories(cache);
            removeLeftovers();
            folder = Files.createTempDirectory(
                    cache, PREFIX + ProcessHandle.current().pid() + "-");
            elsewhere = new Elsewhere(first, folder);
        }
        return elsewhere;
    }

    /** Of runs that were killed. */
    private void removeLeftovers() throws IOException {
        try (Stream<Path> all = Files.list(cache)) {
            List<Path> ended = all.filter(path -> Folders.name(path).startsWith(PREFIX))
                    .filter(path -> ProcessHandle.of(
                                    Long.parseLong(Folders.name(path).split("-")[1]))
                            .isEmpty())
                    .toList();
            for (Path leftover : ended) {
                Folders.delete(leftover);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (folder != null) {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
