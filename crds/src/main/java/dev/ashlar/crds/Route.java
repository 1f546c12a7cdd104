package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Site does with the requests below one path. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value =
                "(has(self.service) ? 1 : 0) + (has(self.content) ? 1 : 0) + (has(self.upstream) ? 1 : 0) + (has(self.redirect) ? 1 : 0) + (has(self.respond) ? 1 : 0) == 1",
        message =
                "give the route exactly one of service, content, upstream, redirect and respond, like {path: /api, service: {name: api}}")
@ValidationRule(
        value = "!has(self.timeout) && !has(self.maxBody) || has(self.service) || has(self.upstream)",
        message = "maxBody and timeout go with service or upstream: the others answer at once and read no body")
@ValidationRule(
        value = "!has(self.stripPrefix) || has(self.service) || has(self.content) || has(self.upstream)",
        message =
                "stripPrefix goes with service, content or upstream: a redirect says itself what it keeps, with {uri}, {path} and {query}")
public record Route(
        @JsonPropertyDescription(
                "The path, by whole segments: /api stands for /api and all below it, not for /apis. The longest path that fits wins.")
        @Required
        @Size(max = 256)
        @ValidationRule(
                value =
                        "self == '/' || self.matches('^(/[A-Za-z0-9._~!$&()+,;=:@-]+)+$') && !(self + '/').contains('/./') && !(self + '/').contains('/../')",
                message =
                        "write a path that starts with \"/\" and does not end with it, of letters, digits and ._~!$&()+,;=:@- without \".\" or \"..\" as a segment, like /api")
        String path,

        @JsonPropertyDescription("A service of the site that answers.") @Nullable
        Target service,

        @JsonPropertyDescription(
                "The site's content answers: {}. What no route fits goes there anyway; this is for a path below another route.")
        @Nullable
        Own content,

        @JsonPropertyDescription("A server outside the cluster that answers.") @Nullable
        Upstream upstream,

        @JsonPropertyDescription("Where the client is sent.") @Nullable
        Redirect redirect,

        @JsonPropertyDescription("The status of an empty answer, like 403, 404 or 410.")
        @Min(200)
        @Max(599)
        @ValidationRule(
                value = "self < 300 || self >= 400",
                message = "a status from 300 to 399 needs to say where to: write redirect: {to: ..., code: ...}")
        @Nullable
        Integer respond,

        @JsonPropertyDescription("That whoever answers sees the rest of the path only: /api/users becomes /users.")
        @Nullable
        Boolean stripPrefix,

        @JsonPropertyDescription(
                "Headers of every answer below the path, beside the site's; of one that both name, this one counts.")
        @Size(max = 8)
        @JsonInclude(Include.NON_EMPTY)
        List<Header> headers,

        @JsonPropertyDescription(
                "Who may ask, as address ranges like 192.0.2.0/24, in place of the site's; everybody else gets 403.")
        @Size(min = 1, max = 64)
        @ValidationRule(value = Rules.CIDRS, message = Rules.CIDR_SAYS)
        @JsonInclude(Include.NON_EMPTY)
        List<String> from,

        @JsonPropertyDescription("Who may ask, by name and password, in place of the site's.") @Nullable
        BasicAuth basicAuth,

        @JsonPropertyDescription(
                "How large the body of a request may be, like 10Mi; a larger one gets 413. Absent means any size.")
        @Size(max = 20)
        @ValidationRule(
                value =
                        "isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('1')) >= 0 && quantity(string(self)).compareTo(quantity('1Ti')) <= 0",
                message = "write the largest body with its unit, at most 1Ti, like 10Mi")
        @Nullable
        Quantity maxBody,

        @JsonPropertyDescription(
                "How long whoever answers may take to begin with it, like 30s; then the client gets 504. Absent means any time.")
        @Size(max = 8)
        @ValidationRule(value = Rules.DEADLINE, message = Rules.DEADLINE_SAYS)
        @Nullable
        String timeout) {

    public Route {
        headers = Absent.asEmpty(headers);
        from = Absent.asEmpty(from);
    }

    /** The same, for those who may see the other. */
    Route guardedAs(Route other) {
        return new Route(
                path,
                service,
                content,
                upstream,
                redirect,
                respond,
                stripPrefix,
                headers,
                other.from,
                other.basicAuth,
                maxBody,
                timeout);
    }

    /** One that the site's content answers. */
    public static Route toContent(String path) {
        return new Route(path, null, new Own(), null, null, null, null, List.of(), List.of(), null, null, null);
    }

    /** One port of one service. */
    @JsonInclude(Include.NON_NULL)
    public record Target(
            @JsonPropertyDescription("The name of one of spec.services.")
            @Required
            @Size(max = 20)
            @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
            String name,

            @JsonPropertyDescription("The name of its port; absent means its first.") @Size(max = 15) @Nullable
            String port) {}

    /** The site's content. */
    public record Own() {}

    /** A server outside the cluster. */
    @JsonInclude(Include.NON_NULL)
    public record Upstream(
            @JsonPropertyDescription(
                    "Its address without a path: http://192.0.2.7:8080 or https://legacy.example.org. Addresses of the machine itself and of this cluster are refused.")
            @Required
            @Size(max = 300)
            @ValidationRule(
                    value =
                            "self.matches('^https?://(([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])+[a-z0-9]([a-z0-9-]*[a-z0-9])?|[[][23f][0-9a-f:]+])(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$')",
                    message =
                            "write where the server is and nothing else, by its whole name or its address, like http://192.0.2.7:8080 or https://legacy.example.org")
            @ValidationRule(
                    value = "!self.matches('://(127[.]|0[.]|169[.]254[.]|[[]f[ef]|[[]fd00:ec2:)')",
                    message =
                            "the gateway sends nobody to an address of the machine itself or of its link: write one that other machines reach")
            @ValidationRule(
                    value =
                            "!self.matches('[.](localhost|svc|cluster[.]local)(:[0-9]+)?$|/metadata[.]google[.]internal(:[0-9]+)?$')",
                    message =
                            "names of the machine and of the cluster are no upstreams: for a service of this site write service: {name: NAME}")
            String url,

            @JsonPropertyDescription("The Host that it is asked for; absent means that of url.")
            @Size(max = 253)
            @ValidationRule(
                    value = "self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?$')",
                    message = "write a name in lower case, perhaps with a port, like legacy.example.org")
            @Nullable
            String host) {}

    /** A redirect. */
    @JsonInclude(Include.NON_NULL)
    public record Redirect(
            @JsonPropertyDescription(
                    "A URL or a path. {uri} stands for path and query of the request, {path} and {query} for each of them.")
            @Required
            @Size(max = 2048)
            @ValidationRule(
                    value =
                            "self.matches('^(https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?([/?#][!-~]*|[{](uri|path)[}][!-~]*)?|/[!-~]*)$') && !self.matches('^/[/{]') && !self.matches('[\"<>\\\\\\\\`]')",
                    message =
                            "write a URL or a path in printable ASCII, like https://new.example.org{uri} or /new{uri}; the host is in lower case, and nothing is filled in right after the first slash")
            @ValidationRule(
                    value = "!self.replace('{uri}', '').replace('{path}', '').replace('{query}', '').matches('[{}]')",
                    message =
                            "{uri}, {path} and {query} are all that is filled in: write any other { as %7B and } as %7D")
            String to,

            @JsonPropertyDescription("301, 302, 307 or 308; absent means 308.")
            @ValidationRule(value = "self in [301, 302, 307, 308]", message = "redirect with 301, 302, 307 or 308")
            @Nullable
            Integer code) {}
}
