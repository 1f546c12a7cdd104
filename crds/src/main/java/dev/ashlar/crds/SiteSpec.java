package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Site should be. */
@JsonInclude(Include.NON_NULL)
public record SiteSpec(
        @JsonInclude(Include.NON_EMPTY) List<Domain> domains,
        @Nullable Contact contact,
        @JsonInclude(Include.NON_EMPTY) List<EnvVar> env,
        @Nullable Content content,
        @JsonInclude(Include.NON_EMPTY) List<SiteService> services) {

    public SiteSpec {
        domains = Absent.asEmpty(domains);
        env = Absent.asEmpty(env);
        services = Absent.asEmpty(services);
    }
}
