package dev.ashlar.images.recipe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an image may hold although images here do without it, each with the reason in one sentence.
 *
 * @param dynamic why it holds ELF files that are linked at run time
 * @param shell why it holds a shell, or a script that a shell runs
 * @param interpreter why it holds an interpreter, or a script that one runs
 */
public record Allows(
        @Nullable String dynamic,
        @Nullable String shell,
        @Nullable String interpreter) {
    static final Allows NOTHING = new Allows(null, null, null);

    /** The reasons that are given, by what they allow. */
    public Map<Waiver, String> reasons() {
        Map<Waiver, String> reasons = new EnumMap<>(Waiver.class);
        for (Waiver waiver : Waiver.values()) {
            reason(waiver).ifPresent(reason -> reasons.put(waiver, reason));
        }
        return reasons;
    }

    private Optional<String> reason(Waiver waiver) {
        return Optional.ofNullable(
                switch (waiver) {
                    case DYNAMIC -> dynamic;
                    case SHELL -> shell;
                    case INTERPRETER -> interpreter;
                });
    }
}
