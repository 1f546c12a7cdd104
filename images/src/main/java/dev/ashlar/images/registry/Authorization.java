package dev.ashlar.images.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of the Authorization header: HTTP basic, or the token of the service that the registry's challenge names. */
final class Authorization {
    private static final int TOKEN = 64 << 10;
    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z]+)=\"([^\"]{0,1000})\"");
    private static final JsonMapper JSON = new JsonMapper();

    /** Sends one request with one login, or none. */
    @FunctionalInterface
    interface Sender {
        Answer send(Request request, Optional<String> login) throws IOException;
    }

    private final RegistryTarget target;
    private final Sender sender;
    private volatile Optional<String> header;

    /** Where a login is given it is sent at once, which saves a request; a registry with tokens then asks for one. */
    Authorization(RegistryTarget target, Sender sender) {
        this.target = target;
        this.sender = sender;
        this.header = basic();
    }

    Optional<String> header() {
        return header;
    }

    /** What to send after this 401; empty when nothing better is known. */
    Optional<String> forChallenge(Answer refused) throws IOException {
        String challenge = refused.header("WWW-Authenticate");
        if (!challenge.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return Optional.empty();
        }
        Map<String, String> asked = new TreeMap<>();
        Matcher parameter = PARAMETER.matcher(challenge);
        while (parameter.find()) {
            asked.put(parameter.group(1).toLowerCase(Locale.ROOT), parameter.group(2));
        }
        header = Optional.of("Bearer " + token(asked));
        return header;
    }

    private String token(Map<String, String> asked) throws IOException {
        String scope = asked.getOrDefault("scope", "repository:%s:pull,push".formatted(target.repository()));
        URI realm = realm(asked.getOrDefault("realm", ""));
        String separator = realm.getRawQuery() == null ? "?" : "&";
        URI uri = URI.create(
                realm + separator + "service=" + encode(asked.getOrDefault("service", "")) + "&scope=" + encode(scope));
        try (Answer answer = sender.send(Request.of("GET", uri, "log in"), basic())) {
            if (!answer.isOk()) {
                throw new IOException(
                        "its token service %s answered HTTP %d".formatted(realm.getAuthority(), answer.status()));
            }
            JsonNode json = JSON.readTree(answer.body().readNBytes(TOKEN));
            String token = json.path("token").asText(json.path("access_token").asText(""));
            if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
                throw new IOException("its token service %s sent no token".formatted(realm.getAuthority()));
            }
            return token;
        }
    }

    /** The password goes to this place, so that it must be encrypted. */
    private static URI realm(String text) throws IOException {
        try {
            URI realm = new URI(text);
            if (realm.getHost() != null && ("https".equals(realm.getScheme()) || RegistryTarget.isLoopback(realm))) {
                return realm;
            }
        } catch (java.net.URISyntaxException e) {
            throw new IOException("it names a token service that is no URL", e);
        }
        throw new IOException("it names a token service that is not reached by https");
    }

    private Optional<String> basic() {
        return target.login().map(login -> {
            byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        });
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
