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
 * Builds images a second time with empty caches in another folder and compares. That the result is the same is kept
 * under the hash of the inputs, and asked again when one of them changes; a difference is looked for each time.
 */
final class Reproduction implements AutoCloseable {
    private final Images first;
    private final Images second;
    private final Path folder;
    private final Path proofs;

    Reproduction(Checkout checkout, Images images) {
        try {
            Files.createDirectories(checkout.cache());
            this.folder = Files.createTempDirectory(checkout.cache(), "reproduce");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.first = images;
        this.second = images.fromNothing(folder);
        this.proofs = checkout.cache().resolve("reproduced");
    }

    /** The first file that differs, in one phrase; empty when the second build is the same. */
    Optional<String> difference(String name) {
        try {
            Path proof = proofs.resolve(name + "-" + first.build(name).inputs());
            if (Files.isRegularFile(proof)) {
                return Optional.empty();
            }
            Optional<String> difference = compare(name);
            if (difference.isEmpty()) {
                Files.createDirectories(proofs);
                Files.writeString(proof, "the same, built twice\n");
            }
            return difference;
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
