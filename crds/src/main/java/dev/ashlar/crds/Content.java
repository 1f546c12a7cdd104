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

/** The content of a Site: an image that serves it on port 8080, and perhaps PHP behind it. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "!has(self.php) || !has(self.php.uploads) || (!has(self.replicas) || self.replicas <= 1)"
                + " && (!has(self.php.replicas) || self.php.replicas <= 1)",
        message =
                "content with upload folders is one pod and its PHP another: write replicas: 1 at most in content and in content.php")
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
        String serverError,

        @JsonPropertyDescription(
                "The page of an application that makes its pages in the browser, as a path in the content, like /index.html: it answers for every path without a file, with status 200. With php it may be a page of PHP, like /index.php, which then says the status itself. Below `immutable` paths what is not there is still not found.")
        @Size(max = 256)
        @ValidationRule(value = Rules.PAGE, message = "write the path of a page in the content, like /index.html")
        @Nullable
        String fallback,

        @JsonPropertyDescription(
                "Folders whose files are listed, with the folders below them, where there is no index.html. Names that begin with a dot are left out.")
        @Size(max = 16)
        @ValidationRule(value = Rules.FOLDERS, message = "write the path of a folder in the content, like /files, or /")
        @JsonInclude(Include.NON_EMPTY)
        List<String> browse,

        @JsonPropertyDescription(
                "Folders with files that never change, since another content has another name: browsers keep them for a year without asking. All others are asked for each time, and sent only when they differ.")
        @Size(max = 16)
        @JsonInclude(Include.NON_EMPTY)
        List<Immutable> immutable,

        @JsonPropertyDescription(
                "The PHP of the content: it becomes the Service <site>-php, which runs every *.php of the content outside of folders that begin with a dot.")
        @Nullable
        Php php) {

    /** Files that never change. */
    @JsonInclude(Include.NON_NULL)
    public record Immutable(
            @JsonPropertyDescription("The folder, by whole segments: /static is all below it.")
            @Required
            @Size(max = 256)
            @ValidationRule(value = Rules.PAGE, message = "write the path of a folder in the content, like /static")
            String path) {}

    public Content {
        browse = Absent.asEmpty(browse);
        immutable = Absent.asEmpty(immutable);
    }

    /** One that has at most a page for what is not there. */
    public Content(String image, @Nullable Integer replicas, @Nullable String notFound) {
        this(image, replicas, notFound, null, null, List.of(), List.of(), null);
    }
}
