package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One port that the containers listen on. */
@JsonInclude(Include.NON_NULL)
public record Port(
        @JsonPropertyDescription("The name by which health and other resources refer to the port, like http.")
        @Required
        @Size(max = 15)
        @ValidationRule(
                value = "self.matches('^[a-z0-9]+(-[a-z0-9]+)*$') && self.matches('[a-z]')",
                message =
                        "write the name of the port in lower-case letters, digits and single \"-\", with at least one letter, like http")
        String name,

        @JsonPropertyDescription("The number that the program listens on; the service has the same one in the cluster.")
        @Required
        @Min(1)
        @Max(65535)
        int port,

        @JsonPropertyDescription("TCP or UDP.") @Default("TCP")
        Protocol protocol,

        @JsonPropertyDescription("That the port is reached from outside the cluster; absent means from inside only.")
        @Nullable
        Publish publish) {

    /** A port written in Java or read from a file has the schema's default too. */
    @SuppressWarnings("ConstantValue")
    public Port {
        protocol = protocol == null ? Protocol.TCP : protocol;
    }

    /** What a port speaks below the application. */
    public enum Protocol {
        TCP,
        UDP
    }
}
