package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.provenance.Provenance;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryProgram;
import dev.ashlar.images.sbom.Sbom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The real registry program, and in it the image of itself with what is known of it. */
class DeliveryIT {
    private static final String NAME = "mirror/registry";

    @TempDir
    static Path folder;

    private static RegistryProgram program;
    private static BuiltImage image;

    @BeforeAll
    static void start() throws Exception {
        program = RegistryProgram.start(folder);
        image = Images.open(Checkout.find()).image("registry");
        try (Registry registry = new Registry(program.target(NAME))) {
            Delivery.push(image, registry);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
    }

    /** As a client that knows nothing but the specification: the API, else the tag that stands for it. */
    private static List<String> attachedTypes() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("referrers/" + image.digest());
        if (answer.statusCode() == 404) {
            answer = get("manifests/" + image.digest().replace(':', '-'));
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode index = JsonMapper.builder().build().readTree(answer.body());
        return StreamSupport.stream(index.path("manifests").spliterator(), false)
                .map(artifact -> artifact.path("artifactType").asText())
                .toList();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(program.base().resolve("/v2/%s/%s".formatted(NAME, path)))
                    .header("Accept", "application/vnd.oci.image.index.v1+json")
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static byte[] attached(String type) {
        String reference = "%s/%s@%s".formatted(program.base().getAuthority(), NAME, image.digest());
        return new AttachedDocument(type, "document", built -> new byte[0]).of(reference);
    }

    @Test
    void attachesOneBillOfMaterialsAndOneProvenance() throws Exception {
        assertThat(attachedTypes()).containsExactlyInAnyOrder(Sbom.TYPE, Provenance.TYPE);
    }

    @Test
    void attachesNothingASecondTime() throws Exception {
        try (Registry registry = new Registry(program.target(NAME))) {
            assertThat(Delivery.push(image, registry)).isZero();
            registry.delete("latest"); // as if another image had been pushed meanwhile
            Delivery.push(image, registry);
        }
        assertThat(attachedTypes()).containsExactlyInAnyOrder(Sbom.TYPE, Provenance.TYPE);
    }

    @Test
    void isNamedByItsDigestWhoeverAsksByTheTag() {
        String tagged = program.base().getAuthority() + "/" + NAME;
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new ImageCommand()).setOut(new PrintWriter(out));
        assertThat(command.execute("digest", tagged + ":latest")).isZero();
        assertThat(command.execute("digest", tagged)).isZero();
        assertThat(out.toString().lines()).containsOnly(tagged + "@" + image.digest());
    }

    @Test
    void accountsForEveryLinkedModuleInTheBillOfMaterials() throws Exception {
        byte[] sbom = attached(Sbom.TYPE);
        assertThat(new JsonParser().validate(sbom, Version.VERSION_16)).isEmpty();
        assertThat(sbom).isEqualTo(Delivery.sbom(image));
        assertThat(new String(sbom, StandardCharsets.UTF_8))
                .contains(
                        "pkg:golang/github.com/distribution/distribution/v3@v3",
                        "pkg:golang/stdlib@",
                        "file:/registry");
    }

    @Test
    void attachesAProvenanceOfThePublishedShape() throws Exception {
        byte[] statement = attached(Provenance.TYPE);
        assertThat(check(statement)).isEmpty();
        String wrong = new String(statement, StandardCharsets.UTF_8).replace("\"buildType\"", "\"kindOfBuild\"");
        assertThat(check(wrong.getBytes(StandardCharsets.UTF_8))).contains("kindOfBuild");
        JsonNode predicate = JsonMapper.builder()
                .build()
                .readTree(statement)
                .path("predicate")
                .path("buildDefinition");
        assertThat(predicate.at("/externalParameters").toString())
                .isEqualTo("{\"platform\":\"linux/amd64\",\"recipe\":\"images/registry/image.yaml\"}");
        List<String> undigested = new ArrayList<>();
        predicate.path("resolvedDependencies").forEach(dependency -> {
            if (dependency.path("digest").isEmpty()) {
                undigested.add(dependency.path("uri").asText());
            }
        });
        assertThat(undigested).isEmpty();
    }

    /** What in-toto's own program says against the statement; nothing when it is right. */
    private static String check(byte[] statement) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("statement.json"), statement);
        ProcessBuilder builder = new ProcessBuilder("go", "run", "-mod=readonly", ".");
        builder.directory(
                Checkout.find().root().resolve("images/src/test/go/provenance").toFile());
        builder.environment().merge("PATH", "/usr/local/go/bin", (path, go) -> path + ":" + go);
        builder.redirectInput(file.toFile()).redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : "it failed: " + output;
    }
}
