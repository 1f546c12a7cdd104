package dev.ashlar.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The reference of a kind, {@code crds/KIND.md}: its examples and its table of reasons are true. */
public record Reference(String text) {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Pattern REASON = Pattern.compile("(?m)^\\| `([A-Z]\\w+)` \\|");

    public static Reference of(String kind) throws IOException {
        return new Reference(Files.readString(Path.of("../crds", kind + ".md")));
    }

    /** The API server takes each example as it stands, unknown fields refused. */
    public void checkExamples(KubernetesClient client, String namespace) {
        List<String> examples =
                EXAMPLE.matcher(text).results().map(r -> r.group(1)).toList();
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(
                        example -> client.resource(Serialization.unmarshal(example, GenericKubernetesResource.class))
                                .inNamespace(namespace)
                                .dryRun()
                                .fieldValidation(FieldValidateable.Validation.STRICT)
                                .create());
    }

    /** The table has a line for each reason and for nothing else. */
    public void checkReasons(Enum<?>... reasons) {
        var documented = REASON.matcher(text).results().map((MatchResult r) -> r.group(1));
        assertThat(documented.toList())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(reasons).map(Enum::name).toList());
    }
}
