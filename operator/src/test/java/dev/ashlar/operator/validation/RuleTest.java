package dev.ashlar.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"site", "service"})
    void aRuleHasOneGoodAndOneBadFileAndPerhapsWhatIsThereBefore(String kind) {
        assertThat(Rule.of(kind))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.files())
                        .filteredOn(file -> !file.equals(Rule.OLD))
                        .containsExactly("bad.yaml", "good.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "service"})
    void everyMessageOfTheSchemaIsExpectedByABadFile(String kind) throws IOException {
        var expected = Rule.of(kind).map(Rule::message).toList();
        var unexpected = messages(kind).filter(m -> expected.stream().noneMatch(e -> e.contains(m)));
        assertThat(unexpected).isEmpty();
    }

    /** The messages in the CRD; those of a Site's services, except of what only they have, are the Service's. */
    private static Stream<String> messages(String kind) throws IOException {
        JsonNode schema = new YAMLMapper()
                .readTree(Path.of("../crds/%ss.ashlar.dev.yaml".formatted(kind)).toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema");
        if (schema.at("/properties/spec/properties/services/items/properties") instanceof ObjectNode fields) {
            fields.retain("name", "mounts");
        }
        return schema.findValues("x-kubernetes-validations").stream()
                .flatMap(JsonNode::valueStream)
                .map(RuleTest::message)
                .distinct();
    }

    /** The message, or the longest of the constant parts of the expression that makes it. */
    private static String message(JsonNode rule) {
        return rule.has("message")
                ? rule.get("message").asText()
                : Arrays.stream(rule.get("messageExpression").asText().split("'", -1))
                        .max(Comparator.comparingInt(String::length))
                        .orElseThrow();
    }
}
