package dev.ashlar.images.layer;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.recipe.LayerSpec;
import dev.ashlar.images.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of an image's folder that compilers see: all but the recipe and what its {@code files} layers take, so that
 * an edit of a configuration file compiles nothing anew.
 */
public record OwnFiles(Path folder, Set<Path> excluded) {
    public static OwnFiles of(Path folder, Recipe recipe) {
        Set<Path> excluded = recipe.layers().stream()
                .filter(LayerSpec.Files.class::isInstance)
                .map(LayerSpec.Files.class::cast)
                .map(files -> folder.resolve(files.from()).normalize())
                .filter(path -> path.startsWith(folder) && !path.equals(folder))
                .collect(Collectors.toSet());
        excluded.add(folder.resolve(Recipe.FILE));
        return new OwnFiles(folder, excluded);
    }

    String hash() throws IOException {
        return Folders.hash(folder, this::isWanted);
    }

    void copyTo(Path target) throws IOException {
        Folders.copy(folder, target, this::isWanted);
    }

    private boolean isWanted(Path file) {
        return excluded.stream().noneMatch(file::startsWith);
    }
}
