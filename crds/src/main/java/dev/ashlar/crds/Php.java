package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The PHP of a Site's content: an image with the same files that speaks FastCGI on port 9000. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "!has(self.uploads) || self.uploads.all(u, self.uploads.exists_one(other, other.volume == u.volume))",
        message = "two upload folders are on one volume: give each a volume of its own")
public record Php(
        @JsonPropertyDescription(
                "The image that runs the pages on port 9000, by digest: NAME@sha256:<64 hex digits>. It has the files of the content under /content; `ashlar publish` makes one of a folder with PHP.")
        @Required
        @Size(max = 300)
        @ValidationRule(value = Rules.IMAGE, messageExpression = Rules.IMAGE_SAYS)
        String image,

        @JsonPropertyDescription("How many pods run the pages; absent means 1, and 0 stops them.")
        @Min(0)
        @Max(100)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("What each of these pods is given; 256Mi of memory when absent.") @Nullable
        Resources resources,

        @JsonPropertyDescription(
                "Folders that the pages write to, each on a volume of the site. What is in them is served as it is: no PHP is run there.")
        @Size(max = 8)
        @JsonInclude(Include.NON_EMPTY)
        List<Upload> uploads) {

    /** A folder that pages write to. */
    public record Upload(
            @JsonPropertyDescription("The folder, as a path in the content: /uploads is all below it.")
            @Required
            @Size(max = 256)
            @ValidationRule(value = Rules.PAGE, message = "write the path of a folder in the content, like /uploads")
            String path,

            @JsonPropertyDescription("The name of a volume in the site's spec.volumes.") @Required @Size(max = 20)
            String volume) {}

    public Php {
        uploads = Absent.asEmpty(uploads);
    }
}
