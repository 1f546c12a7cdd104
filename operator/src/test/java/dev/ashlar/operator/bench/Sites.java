package dev.ashlar.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/**
 * The objects of Sites with content, as JSON with places for names and UIDs.
 *
 * @param documents in the order of {@code site.yaml}: the Site, its Service, what that is made of, and two statuses
 */
record Sites(List<Document> documents) {
    /** @param path where it is applied */
    record Document(String path, String body) {
        Document with(String namespace, String name, String site, String service) {
            return new Document(
                    filled(path, namespace, name, site, service), filled(body, namespace, name, site, service));
        }

        private static String filled(String text, String namespace, String name, String site, String service) {
            return text.replace("NAMESPACE", namespace)
                    .replace("NAME", name)
                    .replace("SITE_UID", site)
                    .replace("SERVICE_UID", service);
        }
    }

    /** @param image of their content, as NAME@DIGEST */
    static Sites read(String image) throws IOException {
        try (InputStream in = Objects.requireNonNull(Sites.class.getResourceAsStream("/bench/site.yaml"))) {
            var json = new ObjectMapper();
            var documents = new ArrayList<Document>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("IMAGE", image)
                    .replace("DIGEST", image.substring(image.indexOf('@') + 1));
            for (Object document : new Yaml().loadAll(text)) {
                JsonNode node = json.valueToTree(document);
                documents.add(new Document(path(node), node.toString()));
            }
            return new Sites(List.copyOf(documents));
        }
    }

    Document site(String namespace, String name) {
        return documents.getFirst().with(namespace, name, "", "");
    }

    static String name(int number) {
        return "site-" + number;
    }

    private static String path(JsonNode node) {
        String api = node.path("apiVersion").asText();
        String kind = node.path("kind").asText();
        String plural = kind.equals("NetworkPolicy") ? "networkpolicies" : kind.toLowerCase(Locale.ROOT) + "s";
        return (api.contains("/") ? "/apis/" : "/api/") + api + "/namespaces/NAMESPACE/" + plural + "/"
                + node.path("metadata").path("name").asText()
                + (node.has("status") ? "/status" : "");
    }
}
