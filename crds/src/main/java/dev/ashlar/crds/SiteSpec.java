package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Site should be. */
@JsonInclude(Include.NON_NULL)
@JsonClassDescription("What the site is made of.")
@ValidationRule(
        value = "has(self.domains) && self.domains.size() > 0",
        message = "give the site at least one domain: domains: [{name: shop.example.org}]")
@ValidationRule(
        value = "has(self.content) || has(self.routes) && self.routes.size() > 0",
        message =
                "give the site its content or a route: content: {image: NAME@sha256:<64 hex digits>}; `ashlar publish DIR --site"
                        + " NAME` makes the image of a folder")
@ValidationRule(
        value = "!has(self.routes) || self.routes.all(r, !has(r.content)) || has(self.content)",
        message =
                "a route leads to content, and the site has none: give it content: {image: NAME@sha256:<64 hex digits>}")
@ValidationRule(
        value = "!has(self.routes) || self.routes.all(r, !has(r.service) || has(self.services)"
                + " && self.services.exists(s, s.name == r.service.name))",
        message =
                "a route leads to a service that the site does not have: add it to spec.services, or correct the name")
@ValidationRule(
        value = "!has(self.domains) || self.domains.size() == 0 || !self.domains[0].name.startsWith('*')",
        message = "the first domain is the one that others redirect to: name one without * before it")
@ValidationRule(
        value =
                "!has(self.tls) || !has(self.tls.acme) || !has(self.domains) || self.domains.all(d, !d.name.startsWith('*'))",
        message =
                "an ACME server gives no certificate for a name with * by HTTP: name each domain, or write tls: {internal: {}}")
@ValidationRule(
        value = "!has(self.services) || self.services.all(s, !has(s.mounts) || has(self.volumes)"
                + " && s.mounts.all(m, self.volumes.exists(v, v.name == m.volume)))",
        message = "a service mounts a volume that the site does not have: add it to spec.volumes, like {name: db, size:"
                + " 1Gi}")
@ValidationRule(
        value = "!has(self.services) || self.services.all(s, !has(s.mounts) || (!has(s.replicas) || s.replicas <= 1)"
                + " && !has(s.stateful) && !has(s.perNode))",
        message = "a service that mounts a volume of the site is one pod: remove stateful and perNode, and write"
                + " replicas: 1 at most")
@ValidationRule(
        value = "!has(self.services) || self.services.all(s, !has(s.mounts) || s.mounts.all(m, s.mounts.exists_one(n,"
                + " n.volume == m.volume) && (!has(s.volumes) || s.volumes.all(v, v.name != m.volume &&"
                + " v.mountPath != m.path))))",
        message = "a service has two volumes of one name or at one path: mount each volume of the site once, and give"
                + " the service's own another name")
@ValidationRule(
        value = "!has(self.content) || !has(self.content.php) || !has(self.content.php.uploads) || has(self.volumes)"
                + " && self.content.php.uploads.all(u, self.volumes.exists(v, v.name == u.volume))",
        message = "an upload folder is on a volume that the site does not have: add it to spec.volumes, like {name:"
                + " pictures, size: 1Gi}")
public record SiteSpec(
        @JsonPropertyDescription(
                "The site's own names, at least one, the canonical one first; the others redirect to it unless they"
                        + " serve. Which of them are served here, the environment says.")
        @Size(max = 50)
        @JsonInclude(Include.NON_EMPTY)
        List<Domain> domains,

        @JsonPropertyDescription("Whom to ask about the site.") @Nullable
        Contact contact,

        @JsonPropertyDescription(
                "Environment variables of every service in spec.services; a service's own variable of the same name"
                        + " wins.")
        @Size(max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<EnvVar> env,

        @JsonPropertyDescription("Volumes that services of the site share: each mounts one by its own `mounts`.")
        @Size(max = 16)
        @JsonInclude(Include.NON_EMPTY)
        List<SiteVolume> volumes,

        @JsonPropertyDescription(
                "The static content: it becomes the Service <site>-content. A site without it has routes.")
        @Nullable
        Content content,

        @JsonPropertyDescription(
                "What answers below which path, each with exactly one of service, content, upstream, redirect and"
                        + " respond. What no route fits goes to the content.")
        @Size(max = 100)
        @JsonInclude(Include.NON_EMPTY)
        List<Route> routes,

        @JsonPropertyDescription(
                "How the site comes by its certificates: acme, internal, secret or disabled; absent means what the environment says. With acme, http leads to https once the certificate is there.")
        @Nullable
        Tls tls,

        @JsonPropertyDescription(
                "Headers of what the content and the routes answer. The content has X-Content-Type-Options: nosniff, X-Frame-Options: SAMEORIGIN and Referrer-Policy: strict-origin-when-cross-origin unless they are named here.")
        @Size(max = 16)
        @JsonInclude(Include.NON_EMPTY)
        List<Header> headers,

        @JsonPropertyDescription(
                "Who may visit the site, as address ranges like 192.0.2.0/24; everybody else gets 403. A route may have its own.")
        @Size(min = 1, max = 64)
        @ValidationRule(value = Rules.CIDRS, message = Rules.CIDR_SAYS)
        @JsonInclude(Include.NON_EMPTY)
        List<String> from,

        @JsonPropertyDescription("Who may visit the site, by name and password. A route may have its own, or none.")
        @Nullable
        BasicAuth basicAuth,

        @JsonPropertyDescription(
                "That everybody gets a page with status 503 which says so, whatever the path. The services go on running.")
        @Nullable
        Boolean maintenance,

        @JsonPropertyDescription(
                "That the gateway writes a line of JSON for each request to its log. Absent means that it writes none.")
        @Nullable
        AccessLog accessLog,

        @JsonPropertyDescription(
                "The services of the site: a name and the spec of a Service. `api` becomes the Service <site>-api,"
                        + " which is its DNS name too. `$(service:api.host)` and `$(service:api.port)` in a variable or a"
                        + " file of any of them are filled in.")
        @Size(max = 20)
        @JsonInclude(Include.NON_EMPTY)
        List<SiteService> services,

        @JsonPropertyDescription(
                "That the site and its Services are left as they are, whatever changes in this spec or by others: what"
                        + " runs goes on. Without it, everything follows the spec again.")
        @Nullable
        Boolean suspend,

        @JsonPropertyDescription(
                "The number of the revision that runs instead of this spec, exactly as it ran, until the field is removed; `ashlar history SITE` lists them. The values of Secrets and what is on volumes stay as they are.")
        @Min(1)
        @Max(1_000_000)
        @Nullable
        Integer rollbackTo,

        @JsonPropertyDescription(
                "What goes back when a revision fails: with hold, each service that failed goes back to the last revision that answered and the others keep the new one; with rollback, the whole site goes back. Absent means hold.")
        @Nullable
        OnFailure onFailure) {

    public SiteSpec {
        domains = Absent.asEmpty(domains);
        env = Absent.asEmpty(env);
        volumes = Absent.asEmpty(volumes);
        routes = Absent.asEmpty(routes);
        headers = Absent.asEmpty(headers);
        from = Absent.asEmpty(from);
        services = Absent.asEmpty(services);
    }

    /** The name of the Secret with its certificate, when it asks for one. */
    public Optional<String> certificateSecret() {
        return Optional.ofNullable(tls)
                .flatMap(way -> Optional.ofNullable(way.secret()))
                .map(Tls.Given::name);
    }

    /** What runs, without what only steers it. */
    public SiteSpec unsteered() {
        return suspended(null);
    }

    /** What runs, and whether it is left as it is. */
    public SiteSpec suspended(@Nullable Boolean now) {
        return new SiteSpec(
                domains, contact, env, volumes, content, routes, tls, headers, from, basicAuth, null, null, services,
                now, null, null);
    }

    /** The same, with who may visit it as another spec has it; routes that both have are as open as the other's. */
    public SiteSpec guardedAs(SiteSpec other) {
        List<Route> guarded = routes.stream()
                .map(route -> other.routes().stream()
                        .filter(now -> now.path().equals(route.path()))
                        .findFirst()
                        .map(route::guardedAs)
                        .orElse(route))
                .toList();
        return new SiteSpec(
                domains,
                contact,
                env,
                volumes,
                content,
                guarded,
                tls,
                headers,
                other.from(),
                other.basicAuth(),
                maintenance,
                accessLog,
                services,
                suspend,
                rollbackTo,
                onFailure);
    }

    /** The same with other services. */
    public SiteSpec withServices(List<SiteService> others) {
        return new SiteSpec(
                domains,
                contact,
                env,
                volumes,
                content,
                routes,
                tls,
                headers,
                from,
                basicAuth,
                maintenance,
                accessLog,
                others,
                suspend,
                rollbackTo,
                onFailure);
    }
}
