package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The static content of a Site: an image that serves it on port 8080. */
@JsonInclude(Include.NON_NULL)
public record Content(
        @JsonPropertyDescription(
                "The image that serves the content on port 8080, by digest: NAME@sha256:<64 hex digits>. `ashlar publish` makes one of a folder.")
        @Required
        @Size(max = 300)
        @ValidationRule(value = Rules.IMAGE, messageExpression = Rules.IMAGE_SAYS)
        String image,

        @JsonPropertyDescription("How many pods serve it; absent means 1, and 0 stops them.")
        @Min(0)
        @Max(100)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("The page for what is not there, as a path in the content, like /404.html.")
        @Size(max = 256)
        @ValidationRule(value = Rules.PAGE, message = "write the path of a page in the content, like /404.html")
        @Nullable
        String notFound,

        @JsonPropertyDescription(
                "The page for when a service or an upstream of the site cannot be reached or does not answer in time, as a path in the content, like /50x.html. What they answer themselves stays theirs.")
        @Size(max = 256)
        @ValidationRule(value = Rules.PAGE, message = "write the path of a page in the content, like /50x.html")
        @Nullable
        String serverError) {
    /** One without a page for what cannot be reached. */
    public Content(String image, @Nullable Integer replicas, @Nullable String notFound) {
        this(image, replicas, notFound, null);
    }
}
