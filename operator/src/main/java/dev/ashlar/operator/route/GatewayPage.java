package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Caddy's handlers that answer with a page of the gateway's own. */
final class GatewayPage {
    private static final String TYPE = "text/html; charset=utf-8";
    private static final String HTML = """
            <!doctype html>
            <title>%1$s</title>
            <h1>%1$s</h1>
            <p>%2$s
            """;

    private GatewayPage() {}

    /** @param text HTML in which Caddy fills in its placeholders */
    static ObjectNode of(int status, String title, String text) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("handler", "static_response").put("status_code", status).put("body", HTML.formatted(title, text));
        page.putObject("headers").putArray("Content-Type").add(TYPE);
        page.withObject("/headers").putArray("Cache-Control").add("no-store");
        return page;
    }

    /** One for a state that passes. */
    static ObjectNode of(int status, int retryAfterSeconds, String title, String text) {
        ObjectNode page = of(status, title, text);
        page.withObject("/headers").putArray("Retry-After").add(Integer.toString(retryAfterSeconds));
        return page;
    }
}
