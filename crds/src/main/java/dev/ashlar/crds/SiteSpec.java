package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Site should be. */
@JsonInclude(Include.NON_NULL)
@JsonClassDescription("What the site is made of.")
@ValidationRule(
        value = "has(self.domains) && self.domains.size() > 0",
        message = "give the site at least one domain: domains: [{name: shop.example.org}]")
@ValidationRule(
        value = "has(self.content)",
        message =
                "give the site its content: content: {image: NAME@sha256:<64 hex digits>}; `ashlar publish DIR --site NAME` makes the image of a folder")
public record SiteSpec(
        @JsonPropertyDescription(
                "The site's own names, at least one, the canonical one first. In this version the site answers at status.url only.")
        @Size(max = 50)
        @JsonInclude(Include.NON_EMPTY)
        List<Domain> domains,

        @JsonPropertyDescription("Whom to ask about the site.") @Nullable
        Contact contact,

        @JsonPropertyDescription(
                "Environment variables of every service in spec.services; a service's own variable of the same name wins.")
        @Size(max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<EnvVar> env,

        @JsonPropertyDescription("The static content, required: it becomes the Service <site>-content.") @Nullable
        Content content,

        @JsonPropertyDescription(
                "The services of the site: a name and the spec of a Service. `api` becomes the Service <site>-api, which is its DNS name too. `$(service:api.host)` and `$(service:api.port)` in a variable or a file of any of them are filled in.")
        @Size(max = 20)
        @JsonInclude(Include.NON_EMPTY)
        List<SiteService> services) {

    public SiteSpec {
        domains = Absent.asEmpty(domains);
        env = Absent.asEmpty(env);
        services = Absent.asEmpty(services);
    }
}
