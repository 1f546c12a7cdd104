package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.recipe.Recipe;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The images below an image, refused when they lead back to one of them or to a folder of programs. */
final class BaseChain {
    private BaseChain() {}

    /** Follows {@code base} from this recipe down to the image that has none. */
    static void check(String name, Function<String, Recipe> recipes) {
        Set<String> chain = new LinkedHashSet<>(Set.of(name));
        String above = name;
        Optional<String> base = recipes.apply(name).baseName();
        while (base.isPresent()) {
            String below = base.get();
            if (!chain.add(below)) {
                throw refuse(
                        above,
                        "leads in a circle (%s → %s)".formatted(String.join(" → ", chain), below),
                        "take it out of one of them");
            }
            Recipe recipe = recipes.apply(below);
            if (recipe.programs()) {
                throw refuse(
                        above, "is %s, a folder of programs for the host".formatted(below), "name an image instead");
            }
            above = below;
            base = recipe.baseName();
        }
    }

    private static BuildException refuse(String name, String cause, String remedy) {
        return new BuildException("images/%s/%s: base %s; %s".formatted(name, Recipe.FILE, cause, remedy));
    }
}
