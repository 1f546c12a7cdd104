package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One read-only file that the containers find at its path. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "has(self.content) != has(self.secret)",
        message =
                "give the file exactly one of content and secret: {path: /etc/api.toml, content: \"a = 1\"} or {path: /run/secrets/api.cfg, secret: {name: api, key: cfg}}")
public record MountedFile(
        @JsonPropertyDescription("Where the containers find the file, from the root.")
        @Required
        @Size(max = 256)
        @ValidationRule(value = Rules.FILE, message = Rules.FILE_SAYS)
        @ValidationRule(
                value = "self != '/tmp'",
                message = "/tmp is a folder in every pod: give the file another path, like /tmp/api.toml")
        String path,

        @JsonPropertyDescription("What is in it, in the open, at most 64 KiB of text.") @Size(max = 65536) @Nullable
        String content,

        @JsonPropertyDescription("The key of a Secret in the same namespace that holds what is in it.") @Nullable
        SecretKey secret,

        @JsonPropertyDescription("Who may read or run it, as four octal digits in quotes; absent means \"0444\".")
        @Size(max = 8)
        @ValidationRule(
                value = "self.matches('^0[0-7]{3}$')",
                message = "write the mode as four octal digits in quotes, like \"0400\"")
        @Nullable
        String mode) {}
