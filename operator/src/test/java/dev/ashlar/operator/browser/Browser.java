package dev.ashlar.operator.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.operator.cluster.machine.HostCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Chromium without a screen and with a profile of its own, driven by the W3C's WebDriver protocol. Where it is missing, it is installed. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    /** All network but that of the pages is off. */
    private static final String CAPABILITIES = """
            {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": {"binary": "/usr/bin/chromium", "args": [
              "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync", "--user-data-dir=%s"]}}}}
            """;

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI session;

    private Browser(Process driver, int port, Path home) throws IOException, InterruptedException {
        this.driver = driver;
        URI sessions = URI.create("http://127.0.0.1:%d/session".formatted(port));
        String id = send("POST", sessions, CAPABILITIES.formatted(home.resolve("profile")))
                .path("sessionId")
                .asText();
        this.session = URI.create(sessions + "/" + id);
    }

    /** @param home an empty folder, which is the browser's user's */
    static Browser start(Path home) throws IOException, InterruptedException {
        install();
        ProcessBuilder builder = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        Process driver = builder.start();
        var lines = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return new Browser(driver, Integer.parseInt(started.group(1)), home);
            }
        }
        throw new IOException("chromedriver ended before it listened");
    }

    private static void install() {
        if (!HostCommand.attempt(
                        List.of("sh", "-c", "command -v chromium && command -v chromedriver && command -v certutil"))
                .succeeded()) {
            HostCommand.run(
                    "sh",
                    "-c",
                    "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver libnss3-tools");
        }
    }

    /** Has the user of this home folder trust a CA, as `ashlar trust` does. */
    static void trust(Path home, String pem) throws IOException {
        install();
        Path database = Files.createDirectories(home.resolve(".pki/nssdb"));
        Path file = Files.writeString(home.resolve("ca.crt"), pem);
        HostCommand.run("certutil", "-N", "-d", "sql:" + database, "--empty-password");
        HostCommand.run("certutil", "-A", "-d", "sql:" + database, "-t", "C,,", "-n", "Ashlar", "-i", file.toString());
    }

    /** Throws with what the browser says when there is no page. */
    void open(String url) throws IOException, InterruptedException {
        post("/url", "{\"url\": \"%s\"}".formatted(url));
    }

    String title() throws IOException, InterruptedException {
        return get("/title");
    }

    String url() throws IOException, InterruptedException {
        return get("/url");
    }

    /** Clicks on the link with this text. */
    void follow(String link) throws IOException, InterruptedException {
        JsonNode element = post("/element", "{\"using\": \"link text\", \"value\": \"%s\"}".formatted(link));
        post(
                "/element/%s/click"
                        .formatted(element.properties()
                                .iterator()
                                .next()
                                .getValue()
                                .asText()),
                "{}");
    }

    /** What JavaScript gives in the page. */
    String evaluate(String expression) throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("script", "return " + expression);
        body.putArray("args");
        return post("/execute/sync", body.toString()).asText();
    }

    private String get(String path) throws IOException, InterruptedException {
        return send("GET", URI.create(session + path), "").asText();
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send("POST", URI.create(session + path), body);
    }

    private JsonNode send(String method, URI uri, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        JsonNode value = JSON.readTree(response.body()).path("value");
        if (response.statusCode() != 200) {
            throw new IOException(value.path("message").asText());
        }
        return value;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        send("DELETE", session, "");
        driver.destroy();
        driver.waitFor();
    }
}
