package dev.ashlar.operator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.PerNode;
import dev.ashlar.crds.SecretKey;
import dev.ashlar.crds.ServiceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecHashTest {
    @Test
    void theOrderOfAMapDoesNotCount() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("disk", "ssd");
        one.put("zone", "a");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("zone", "a");
        other.put("disk", "ssd");
        assertThat(SpecHash.of(new PerNode(null, one))).isEqualTo(SpecHash.of(new PerNode(null, other)));
    }

    @Test
    void anotherImageIsAnotherSpec() {
        assertThat(SpecHash.of(ServiceSpec.of("a"))).isNotEqualTo(SpecHash.of(ServiceSpec.of("b")));
    }

    @Test
    void filesWithContentHaveAConfigMapOfTheirOwnName() {
        var secret = new MountedFile("/key", null, new SecretKey("api", "key"), null);
        var one = new MountedFile("/a", "one", null, null);
        var two = new MountedFile("/a", "two", null, null);
        assertThat(KeptFiles.name("api", List.of(secret))).isEmpty();
        assertThat(KeptFiles.data(List.of(secret, one))).isEqualTo(Map.of("file-01", "one"));
        assertThat(KeptFiles.name("api", List.of(one)).orElseThrow())
                .matches("api-[0-9a-f]{10}")
                .isNotEqualTo(KeptFiles.name("api", List.of(two)).orElseThrow());
    }
}
