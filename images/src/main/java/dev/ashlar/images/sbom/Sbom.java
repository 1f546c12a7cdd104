package dev.ashlar.images.sbom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Origins.FileOrigin;
import dev.ashlar.images.origin.Purl;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.origin.Spdx;
import dev.ashlar.images.sbom.Bom.Component;
import dev.ashlar.images.sbom.Bom.Dependency;
import dev.ashlar.images.sbom.Bom.Hash;
import dev.ashlar.images.sbom.Bom.Licence;
import dev.ashlar.images.sbom.Bom.LicenceChoice;
import dev.ashlar.images.sbom.Bom.Metadata;
import dev.ashlar.images.sbom.Bom.Property;
import dev.ashlar.images.sbom.Bom.Tools;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes the bill of materials of one image. */
public final class Sbom {
    /** The media type of the document, and the artifact type under which a registry lists it. */
    public static final String TYPE = "application/vnd.cyclonedx+json";

    /** The property with the target of a symbolic link, which has no hash. */
    public static final String LINK = "ashlar:link";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Sbom() {}

    /**
     * The document as UTF-8 JSON.
     *
     * @param name of the image
     * @param digest of its manifest or index, {@code sha256:} and 64 hex digits
     */
    public static byte[] of(String name, String digest, Origins origins) {
        String image = Purl.oci(name, digest);
        List<Component> components = new ArrayList<>();
        List<Dependency> dependencies = new ArrayList<>();
        dependencies.add(new Dependency(image, List.copyOf(origins.sources().keySet())));
        origins.sources().values().forEach(source -> components.add(component(source)));
        origins.files().forEach((path, file) -> {
            components.add(component(path, file));
            dependencies.add(new Dependency(ref(path), file.sources()));
        });
        String uuid =
                UUID.nameUUIDFromBytes(digest.getBytes(StandardCharsets.UTF_8)).toString();
        Metadata metadata = new Metadata(
                new Tools(List.of(
                        new Component("application", null, "ashlar", null, List.of(), List.of(), null, List.of()))),
                new Component(
                        "container",
                        image,
                        name,
                        digest,
                        Hash.sha256(digest.substring("sha256:".length())),
                        List.of(),
                        image,
                        List.of()));
        return json(new Bom("CycloneDX", "1.6", "urn:uuid:" + uuid, 1, metadata, components, dependencies));
    }

    private static String ref(String path) {
        return "file:" + path;
    }

    private static Component component(Source source) {
        List<Property> properties = source.properties().entrySet().stream()
                .map(property -> new Property(property.getKey(), property.getValue()))
                .toList();
        return new Component(
                "library",
                source.purl(),
                source.name(),
                source.version(),
                hashes(source),
                licences(source.licences()),
                source.purl(),
                properties);
    }

    private static List<Hash> hashes(Source source) {
        return source.sha512().map(hex -> List.of(new Hash("SHA-512", hex))).orElse(Hash.sha256(source.sha256()));
    }

    private static Component component(String path, FileOrigin file) {
        List<Property> properties = file.link() == null ? List.of() : List.of(new Property(LINK, file.link()));
        return new Component("file", ref(path), path, null, Hash.sha256(file.sha256()), List.of(), null, properties);
    }

    /** An expression may only stand alone; in a list it is a name like any other. */
    private static List<LicenceChoice> licences(List<String> licences) {
        if (licences.size() == 1 && Spdx.isExpression(licences.getFirst())) {
            return List.of(new LicenceChoice(null, licences.getFirst()));
        }
        return licences.stream()
                .map(licence -> Spdx.isId(licence) ? new Licence(licence, null) : new Licence(null, licence))
                .map(licence -> new LicenceChoice(licence, null))
                .toList();
    }

    private static byte[] json(Bom bom) {
        try {
            return JSON.writeValueAsBytes(bom);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can be written as JSON", e);
        }
    }
}
