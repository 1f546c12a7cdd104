package dev.ashlar.images;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.oci.Difference;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Builds images a second time with empty caches in another folder and compares. The verdict is kept under the hash of the
 * inputs, so that it is found again until one of them changes.
 */
final class Reproduction implements AutoCloseable {
    private static final String SAME = "the same";

    private final Images first;
    private final Images second;
    private final Path folder;
    private final Path verdicts;

    Reproduction(Checkout checkout, Images images) {
        try {
            Files.createDirectories(checkout.cache());
            this.folder = Files.createTempDirectory(checkout.cache(), "reproduce");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.first = images;
        this.second = images.fromNothing(folder);
        this.verdicts = checkout.cache().resolve("verdicts");
    }

    /** The first file that differs, in one phrase; empty when the second build is the same. */
    Optional<String> difference(String name) {
        try {
            Path verdict = verdicts.resolve(name + "-" + first.build(name).inputs());
            if (!Files.isRegularFile(verdict)) {
                Optional<String> found = compare(name);
                Files.createDirectories(verdicts);
                Path unfinished = Files.createTempFile(verdicts, name, ".new");
                Files.writeString(unfinished, found.orElse(SAME));
                Files.move(unfinished, verdict, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
            String text = Files.readString(verdict);
            return text.equals(SAME) ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> compare(String name) throws IOException {
        if (first.build(name).makesPrograms()) {
            return Difference.ofFolders(first.programs(name), second.programs(name));
        }
        BuiltImage one = first.image(name);
        BuiltImage two = second.image(name);
        return one.digest().equals(two.digest())
                ? Optional.empty()
                : Optional.of(Difference.ofImages(new Layout(one.layout()), new Layout(two.layout())));
    }

    @Override
    public void close() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
