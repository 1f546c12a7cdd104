package dev.ashlar.images.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.registry.RegistryTarget.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The logins that {@code docker login} keeps in a file; those in a credential helper are not asked for. */
record DockerConfig(Path file) {
    private static final JsonMapper JSON = new JsonMapper();

    static DockerConfig find() {
        return find(System.getenv());
    }

    /** {@code $DOCKER_CONFIG/config.json}, else {@code ~/.docker/config.json}; it need not exist. */
    static DockerConfig find(Map<String, String> environment) {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return new DockerConfig((folder.isBlank() ? home.resolve(".docker") : Path.of(folder)).resolve("config.json"));
    }

    /** The login for a host with its port; none when the file has none. */
    Optional<Login> login(String host) {
        JsonNode auths = read().path("auths");
        JsonNode entry = auths.has(host) ? auths.path(host) : auths.path("https://" + host);
        String pair = entry.path("auth").asText("");
        if (pair.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] parts = new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8).split(":", 2);
            if (parts.length == 2) {
                return Optional.of(new Login(parts[0], parts[1]));
            }
        } catch (IllegalArgumentException e) {
            throw damaged("its entry for " + host + " is no base64", e);
        }
        throw damaged("its entry for " + host + " is not a user and a password", new IOException("no colon"));
    }

    private JsonNode read() {
        try {
            return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
        } catch (IOException e) {
            throw damaged("it cannot be read as JSON", e);
        }
    }

    private BuildException damaged(String what, Exception cause) {
        return new BuildException("%s: %s; run `docker login` again, or remove the file".formatted(file, what), cause);
    }
}
