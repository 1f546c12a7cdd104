package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.Route;
import java.util.List;
import java.util.Optional;

/**
 * Caddy's handlers that ask for a name and a password.
 *
 * @param accounts who may pass: nobody, when that cannot be read
 */
record SignIn(String site, List<Account> accounts) {
    /** Empty when everybody may pass. */
    static Optional<SignIn> of(SiteRoutes site, Route route) {
        return site.accounts(route)
                .map(key -> new SignIn(site.name(), site.given().accounts().getOrDefault(key, List.of())));
    }

    void addTo(ArrayNode handlers) {
        handlers.add(encrypted());
        handlers.add(
                accounts.isEmpty()
                        ? notReady("Who may see this is not known: <code>ashlar status</code> says why.")
                        : asking());
    }

    /** No password is asked for in the open where https is only not there yet. */
    private static ObjectNode encrypted() {
        ObjectNode open = JsonNodeFactory.instance.objectNode().put("handler", "subroute");
        ObjectNode route = open.putArray("routes").addObject();
        route.putArray("match")
                .addObject()
                .putObject("vars")
                .putArray("{http.vars.unencrypted}")
                .add("true");
        route.putArray("handle")
                .add(notReady(
                        "This is for https alone, and there is no certificate: <code>ashlar status</code> says why."));
        return open;
    }

    private static ObjectNode notReady(String why) {
        return GatewayPage.of(503, "Not ready", why);
    }

    private ObjectNode asking() {
        ObjectNode handler = JsonNodeFactory.instance.objectNode().put("handler", "authentication");
        ObjectNode basic =
                handler.putObject("providers").putObject("http_basic").put("realm", site);
        ArrayNode list = basic.putArray("accounts");
        accounts.forEach(
                account -> list.addObject().put("username", account.name()).put("password", account.hash()));
        basic.putObject("hash")
                .put("algorithm", "bounded_bcrypt")
                .put("like", accounts.getFirst().hash());
        basic.putObject("hash_cache");
        return handler;
    }
}
