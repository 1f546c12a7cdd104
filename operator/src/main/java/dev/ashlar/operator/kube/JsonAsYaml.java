package dev.ashlar.operator.kube;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that is the same text as YAML, as which the API server reads a server-side apply: YAML forbids some characters and folds
 * others as ends of lines, which JSON lets stand as they are.
 */
@Singleton
public final class JsonAsYaml implements KubernetesClientObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory().setCharacterEscapes(new Escapes());
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;
        private static final int DELETE = 0x7F;
        private static final int LAST_CONTROL = 0x9F;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
            codes[DELETE] = CharacterEscapes.ESCAPE_STANDARD;
            return codes;
        }

        /** Beyond ASCII; null leaves a character as it is. */
        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            boolean escaped = (character > DELETE && character <= LAST_CONTROL)
                    || switch (character) {
                        case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF -> true;
                        default -> false;
                    };
            return escaped ? new SerializedString("\\u%04x".formatted(character)) : null;
        }
    }
}
