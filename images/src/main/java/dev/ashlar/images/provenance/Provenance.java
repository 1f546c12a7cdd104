package dev.ashlar.images.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.provenance.Statement.BuildDefinition;
import dev.ashlar.images.provenance.Statement.Builder;
import dev.ashlar.images.provenance.Statement.Metadata;
import dev.ashlar.images.provenance.Statement.Predicate;
import dev.ashlar.images.provenance.Statement.Resource;
import dev.ashlar.images.provenance.Statement.RunDetails;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Writes the provenance of one image. */
public final class Provenance {
    /** The media type of the document, and the artifact type under which a registry lists it. */
    public static final String TYPE = "application/vnd.in-toto+json";

    public static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";

    private static final String BUILD_TYPE = "https://ashlar.dev/build/image/v1";
    private static final String BUILDER = "https://ashlar.dev/builder/v1";
    private static final String SHA256 = "sha256:";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Provenance() {}

    /**
     * What was asked of the build.
     *
     * @param name of the image
     * @param digest of its manifest or index, {@code sha256:} and 64 hex digits
     * @param parameters as the recipe and the platform
     */
    public record Build(String name, String digest, SortedMap<String, String> parameters) {}

    /**
     * The statement as UTF-8 JSON. A build is identified by its result and the state of the tree, and by nothing of the
     * machine, so the same build has the same statement.
     */
    public static byte[] of(Build build, Collection<Source> sources, Optional<Tree> tree) {
        List<Resource> dependencies = new ArrayList<>();
        tree.map(Provenance::resource).ifPresent(dependencies::add);
        sources.forEach(source -> dependencies.add(resource(source)));
        String invocation = build.digest() + tree.map(Tree::toString).orElse("");
        String uuid = UUID.nameUUIDFromBytes(invocation.getBytes(StandardCharsets.UTF_8))
                .toString();
        Resource subject = new Resource(
                build.name(), null, digest("sha256", build.digest().substring(SHA256.length())), new TreeMap<>());
        return json(new Statement(
                "https://in-toto.io/Statement/v1",
                List.of(subject),
                PREDICATE_TYPE,
                new Predicate(
                        new BuildDefinition(BUILD_TYPE, build.parameters(), dependencies),
                        new RunDetails(new Builder(BUILDER), new Metadata("urn:uuid:" + uuid)))));
    }

    private static Resource resource(Tree tree) {
        return new Resource(
                "repository",
                null,
                digest("gitCommit", tree.commit()),
                new TreeMap<>(Map.of("clean", String.valueOf(tree.clean()))));
    }

    private static Resource resource(Source source) {
        SortedMap<String, String> digest = new TreeMap<>();
        source.properties().forEach((property, value) -> {
            if (property.equals(Source.GO_SUM)) {
                byte[] sum = Base64.getDecoder().decode(value.substring("h1:".length()));
                digest.put("dirHash", HexFormat.of().formatHex(sum));
            } else if (property.equals(Source.TREE)) {
                digest.put("ashlarTree", value);
            }
        });
        source.sha512().ifPresent(hex -> digest.put("sha512", hex));
        if (source.sha256() != null) {
            digest.put("sha256", source.sha256());
        }
        return new Resource(source.name(), source.purl(), digest, new TreeMap<>());
    }

    private static SortedMap<String, String> digest(String algorithm, String hex) {
        return new TreeMap<>(Map.of(algorithm, hex));
    }

    private static byte[] json(Statement statement) {
        try {
            return JSON.writeValueAsBytes(statement);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can be written as JSON", e);
        }
    }
}
