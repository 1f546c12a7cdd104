package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedFieldsTest {
    @Test
    void twoObjectsShareWhatTheServerNotesOfTheirFields() throws IOException {
        HasMetadata one = SharedFields.in(live());
        HasMetadata other = SharedFields.in(live());

        assertThat(one).isEqualTo(live());
        assertThat(spec(one)).isNotNull().isSameAs(spec(other));
    }

    private static HasMetadata live() throws IOException {
        return Serialization.unmarshal(Files.readString(Path.of("src/test/resources/kube/live.yaml")));
    }

    private static @Nullable Object spec(HasMetadata object) {
        return object.getMetadata()
                .getManagedFields()
                .getFirst()
                .getFieldsV1()
                .getAdditionalProperties()
                .get("f:spec");
    }
}
