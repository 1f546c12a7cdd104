package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One header of an answer. */
@JsonInclude(Include.NON_NULL)
public record Header(
        @JsonPropertyDescription("The name of the header, like Cache-Control, in any case.")
        @Required
        @Size(max = 64)
        @ValidationRule(
                value = "self.matches('^[A-Za-z][A-Za-z0-9-]*$')",
                message = "write the name of a header in letters, digits and \"-\", like Cache-Control")
        @ValidationRule(
                value =
                        "!(self.lowerAscii() in ['connection', 'content-encoding', 'content-length', 'date', 'keep-alive', 'location', 'set-cookie', 'te', 'trailer', 'transfer-encoding', 'upgrade'])",
                message =
                        "this header belongs to the connection or to whoever answers: leave it to them, and for Location write redirect: {to: ...}")
        String name,

        @JsonPropertyDescription(
                "Its value as it stands, in place of what the answer has; absent takes the header out of the answer.")
        @Size(max = 4096)
        @ValidationRule(
                value = "self.matches('^[!-~]([ -~]*[!-~])?$')",
                message =
                        "write the value in printable ASCII on one line and without a space at either end; to take the header out, leave value out")
        @Nullable
        String value) {}
