package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.AccessLog;
import java.util.List;

/** What the gateway writes to its log: what it says itself, errors that name no client, and the requests of Sites that ask for it. */
final class GatewayLogs {
    private static final String OWN = "gateway";
    private static final String FULL = "full";
    private static final String ANONYMIZED = "anonymized";
    /** What Caddy would write as well: cookies are among the headers, a client's address is in the error. */
    private static final List<String> LEFT_OUT = List.of(
            "request>remote_ip",
            "request>remote_port",
            "request>headers",
            "request>transfer_encoding",
            "request>tls",
            "resp_headers",
            "bytes_read",
            "user_id",
            "write_error");

    private GatewayLogs() {}

    /** Which of the access logs the requests of a Site go to. */
    static String of(AccessLog asked) {
        return Boolean.TRUE.equals(asked.anonymize()) ? ANONYMIZED : FULL;
    }

    static ObjectNode all() {
        ObjectNode logs = JsonNodeFactory.instance.objectNode();
        logs.putObject(OWN).put("level", "INFO").putArray("include").add(OWN);
        logs.putObject("default")
                .put("level", "ERROR")
                .putArray("exclude")
                .add(OWN)
                .add("http")
                .add("tls");
        access(logs, FULL);
        access(logs, ANONYMIZED)
                .putObject("request>client_ip")
                .put("filter", "ip_mask")
                .put("ipv4_cidr", 24)
                .put("ipv6_cidr", 48);
        return logs;
    }

    /** What is done to each field. */
    private static ObjectNode access(ObjectNode logs, String name) {
        ObjectNode log = logs.putObject(name);
        log.putArray("include").add("http.log.access." + name);
        log.putObject("writer").put("output", "stdout");
        ObjectNode encoder = log.putObject("encoder").put("format", "filter");
        encoder.putObject("wrap")
                .put("format", "json")
                .put("time_key", "time")
                .put("time_format", "rfc3339_nano")
                .put("level_key", "")
                .put("name_key", "")
                .put("message_key", "");
        ObjectNode fields = encoder.putObject("fields");
        LEFT_OUT.forEach(field -> fields.putObject(field).put("filter", "delete"));
        return fields;
    }
}
