package dev.ashlar.images.sbom;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CycloneDX document, as far as it is used here. */
@JsonInclude(Include.NON_EMPTY)
record Bom(
        String bomFormat,
        String specVersion,
        String serialNumber,
        int version,
        Metadata metadata,
        List<Component> components,
        List<Dependency> dependencies) {

    record Metadata(Tools tools, Component component) {}

    record Tools(List<Component> components) {}

    @JsonInclude(Include.NON_EMPTY)
    record Component(
            String type,
            @JsonProperty("bom-ref") @Nullable String ref,
            String name,
            @Nullable String version,
            List<Hash> hashes,
            List<LicenceChoice> licenses,
            @Nullable String purl,
            List<Property> properties) {}

    record Hash(String alg, String content) {
        static List<Hash> sha256(@Nullable String hex) {
            return hex == null ? List.of() : List.of(new Hash("SHA-256", hex));
        }
    }

    /** Exactly one of the two. */
    @JsonInclude(Include.NON_EMPTY)
    record LicenceChoice(
            @Nullable Licence license, @Nullable String expression) {}

    /** Exactly one of the two. */
    @JsonInclude(Include.NON_EMPTY)
    record Licence(@Nullable String id, @Nullable String name) {}

    record Property(String name, String value) {}

    record Dependency(String ref, List<String> dependsOn) {}
}
