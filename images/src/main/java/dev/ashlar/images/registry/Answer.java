package dev.ashlar.images.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A registry's answer to one request; the body is read by whoever asked, and closed. */
record Answer(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
    private static final int EXCERPT = 4096;
    private static final int SHOWN = 200;
    private static final JsonMapper JSON = new JsonMapper();

    boolean isOk() {
        return status / 100 == 2;
    }

    /** Whether the same request may well succeed soon. */
    boolean isTransient() {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    /** Whether the registry takes no writes at the moment, as during a sweep; it says 503, or 405 in its read-only mode. */
    static boolean isReadOnly(String method, int status) {
        return (status == 503 || status == 405) && !method.equals("GET") && !method.equals("HEAD");
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** What the registry says went wrong, in one short line of plain characters. */
    String explanation() {
        String text;
        try (body) {
            text = new String(body.readNBytes(EXCERPT), StandardCharsets.UTF_8);
        } catch (IOException e) {
            text = "";
        }
        String line = message(text).replaceAll("[^ -~]+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    private static String message(String text) {
        try {
            JsonNode error = JSON.readTree(text).path("errors").path(0);
            String detail = error.path("detail").toString();
            if (isFull(detail)) {
                return "no space left on device";
            }
            return error.path("message").asText(text);
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /** Linux's ENOSPC is 28; distribution passes on the number alone. */
    private static boolean isFull(String detail) {
        return detail.contains("\"Err\":28") || detail.toLowerCase(Locale.ROOT).contains("no space left");
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
