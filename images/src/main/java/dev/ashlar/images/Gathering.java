package dev.ashlar.images;

import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.recipe.Need;
import dev.ashlar.images.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Brings what images are built from into one folder; what is there and whole stays. */
final class Gathering implements AutoCloseable {
    private final Images images;
    private final SourceFolder folder;
    private final Path work;

    Gathering(Images images, SourceFolder folder) throws IOException {
        this.images = images;
        this.folder = folder;
        Files.createDirectories(folder.folder());
        // Beside the result, where there must be room for it.
        this.work = Files.createTempDirectory(folder.folder(), ".gathering");
    }

    /** Every file of lock.yaml, whoever needs it. */
    void locked() {
        images.lock().sources().forEach(source -> images.sources().gather(source, folder));
    }

    /** What one image and those below it are made from. */
    void image(String name) throws IOException {
        Recipe recipe = images.recipe(name);
        if (recipe.baseName().isPresent()) {
            image(recipe.baseName().get());
        }
        List<Need> needs = recipe.layers().stream()
                .flatMap(layer -> images.platforms().stream().flatMap(platform -> Need.of(layer, platform)))
                .toList();
        images.lock().sources().stream()
                .filter(source -> needs.stream().anyMatch(need -> need.isMetBy(source)))
                .forEach(source -> images.sources().gather(source, folder));
        modules(name);
    }

    /** What one image is made from and other lock files hold: Go modules and npm packages. */
    void modules(String name) throws IOException {
        images.build(name).gather(work, folder);
    }

    /** The Maven artifacts that the program itself is built from. */
    void artifacts() throws IOException {
        images.mavenLock().gather(folder);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(work);
    }
}
