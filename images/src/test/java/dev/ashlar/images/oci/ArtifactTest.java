package dev.ashlar.images.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactTest {
    private static final String TYPE = "application/vnd.cyclonedx+json";
    private static final Descriptor IMAGE = new Descriptor(
            Descriptor.MANIFEST, null, "sha256:" + "a".repeat(64), 7, Map.of("os", "linux"), Map.of("name", "shop"));

    private static Artifact artifact(String document) {
        return Artifact.of(IMAGE, TYPE, document.getBytes(StandardCharsets.UTF_8), Map.of("b", "2", "a", "1"));
    }

    @Test
    void namesTheImageAsItsSubjectWithoutWhatAnIndexSaysOfIt() throws IOException {
        JsonNode manifest =
                JsonMapper.builder().build().readTree(artifact("{}").manifest().content());
        assertThat(manifest.at("/subject").toString())
                .isEqualTo("{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":7}"
                        .formatted(Descriptor.MANIFEST, IMAGE.digest()));
        assertThat(manifest.at("/artifactType").asText()).isEqualTo(TYPE);
        assertThat(manifest.at("/annotations").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void carriesEveryBlobThatItsManifestNames() throws IOException {
        Artifact artifact = artifact("{\"bom\":1}");
        JsonNode manifest =
                JsonMapper.builder().build().readTree(artifact.manifest().content());
        assertThat(artifact.blobs())
                .extracting(blob -> blob.descriptor().digest())
                .containsExactly(
                        manifest.at("/config/digest").asText(),
                        manifest.at("/layers/0/digest").asText());
        for (Artifact.Blob blob : artifact.blobs()) {
            assertThat(blob.descriptor().digest()).isEqualTo("sha256:" + Sha256.of(blob.content()));
            assertThat(blob.descriptor().size()).isEqualTo(blob.content().length);
        }
        assertThat(manifest.at("/layers/0/mediaType").asText()).isEqualTo(TYPE);
        assertThat(manifest.at("/config/mediaType").asText()).isEqualTo("application/vnd.oci.empty.v1+json");
    }

    @Test
    void hasTheSameDigestForTheSameDocumentAndAnotherForAnother() {
        assertThat(artifact("{}").manifest().descriptor())
                .isEqualTo(artifact("{}").manifest().descriptor())
                .isNotEqualTo(artifact("[]").manifest().descriptor());
    }
}
