package dev.ashlar.images.layer;

import dev.ashlar.images.origin.GoProgram;
import dev.ashlar.images.origin.LicenceText;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where Go programs come from: of all modules in go.sum those that the linker really took.
 *
 * @param modules the folder of Go's module cache, for the licences
 * @param toolchain whose standard library is in every program
 * @param compiled what else is in every program: the image's folder, and C libraries
 */
record GoOrigins(Path modules, LockedSource.Go toolchain, List<Source> compiled) {
    /** @param programs absolute paths in the image */
    Origins of(Path tree, Collection<String> programs) throws IOException {
        Map<String, List<Source>> sources = new HashMap<>();
        for (String program : Set.copyOf(programs)) {
            sources.put(program, sources(tree.resolve(program.substring(1))));
        }
        return Origins.of(tree, "", path -> sources.getOrDefault(path, compiled));
    }

    private List<Source> sources(Path program) throws IOException {
        GoProgram built = GoProgram.read(program);
        List<Source> sources = new ArrayList<>(compiled);
        sources.add(Source.of(toolchain));
        for (GoProgram.Module module : built.modules()) {
            Path folder = modules.resolve(escaped(module.path()) + "@" + escaped(module.version()));
            sources.add(Source.goModule(module.path(), module.version(), module.sum(), LicenceText.ofFolder(folder)));
        }
        return sources;
    }

    /** As Go names folders, so that two modules never meet on a file system that ignores case. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            escaped.append(Character.isUpperCase(c) ? "!" : "").append(c);
        }
        return escaped.toString().toLowerCase(Locale.ROOT);
    }
}
