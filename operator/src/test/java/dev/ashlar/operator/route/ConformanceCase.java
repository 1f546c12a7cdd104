package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.TestImages;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One behaviour of the gateway: a request, and what must come back.
 *
 * @param portable whether each gateway that knows the Gateway API behaves so
 */
record ConformanceCase(String about, boolean portable, RawRequest request, Expected expect) {
    private static final Path FOLDER = Path.of("src/test/resources/gateway/cases");

    /**
     * What must come back.
     *
     * @param status the only status, or one of {@code statuses}
     * @param body a part of the body
     * @param without what must not be in it
     * @param missing headers that must not be there
     */
    record Expected(
            int status,
            @Nullable List<Integer> statuses,
            @Nullable Map<String, String> headers,
            @Nullable String body,
            @Nullable String without,
            @Nullable List<String> missing) {}

    /** The Sites that the cases ask. */
    static List<Site> sites(KubernetesClient client) throws IOException {
        String sites = Files.readString(Path.of("src/test/resources/gateway/sites.yaml"));
        for (String image : List.of("python", "developers-reference")) {
            sites = sites.replace("$(" + image + ")", TestImages.push(client, image));
        }
        return Stream.of(sites.split("(?m)^---$"))
                .map(site -> client.getKubernetesSerialization().unmarshal(site, Site.class))
                .toList();
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    static ConformanceCase read(Path file, String namespace) {
        try {
            String text = Files.readString(file).replace("$(namespace)", namespace);
            return new YAMLMapper().readValue(text, ConformanceCase.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check(InetSocketAddress gateway) throws IOException {
        RawRequest.Answer answer = request.ask(gateway);
        assertThat(answer.status())
                .as("%s: status, with %s", about, answer.body())
                .isIn(expect.statuses() == null ? List.of(expect.status()) : expect.statuses());
        if (expect.headers() != null) {
            assertThat(answer.headers()).as(about).containsAllEntriesOf(expect.headers());
        }
        if (expect.missing() != null) {
            assertThat(answer.headers())
                    .as(about)
                    .doesNotContainKeys(expect.missing().toArray(String[]::new));
        }
        if (expect.body() != null) {
            assertThat(answer.body()).as(about).contains(expect.body());
        }
        if (expect.without() != null) {
            assertThat(answer.body()).as(about).doesNotContain(expect.without());
        }
    }
}
