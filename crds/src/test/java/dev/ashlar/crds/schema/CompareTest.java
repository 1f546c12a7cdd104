package dev.ashlar.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {properties: {b: {type: string}}}           | {properties: {c: {type: string}}}          | Thing v1 .a.b: is gone
        {type: string}                              | {type: integer}                            | Thing v1 .a: type was string and is integer
        {x-kubernetes-int-or-string: true}          | {}                                         | Thing v1 .a: x-kubernetes-int-or-string was true and is absent
        {type: string, nullable: true}              | {type: string}                             | Thing v1 .a: nullable was true and is absent
        {enum: [TCP, UDP]}                          | {enum: [TCP]}                              | Thing v1 .a: the value UDP is not allowed any more
        {type: string}                              | {type: string, enum: [TCP]}                | Thing v1 .a: every value was allowed, and now only ["TCP"]
        {minimum: 0}                                | {minimum: 1}                               | Thing v1 .a: minimum was 0 and is 1
        {type: integer}                             | {type: integer, maximum: 9}                | Thing v1 .a: maximum was absent and is 9
        {minLength: 1}                              | {minLength: 2}                             | Thing v1 .a: minLength was 1 and is 2
        {maxLength: 20}                             | {maxLength: 10}                            | Thing v1 .a: maxLength was 20 and is 10
        {items: {properties: {b: {maxItems: 5}}}}   | {items: {properties: {b: {maxItems: 4}}}}  | Thing v1 .a[].b: maxItems was 5 and is 4
        {additionalProperties: {type: string}}      | {additionalProperties: {type: integer}}    | Thing v1 .a{}: type was string and is integer
        {type: string}                              | {type: string, pattern: x}                 | Thing v1 .a: pattern was absent and is x
        {properties: {b: {}}}                       | {properties: {b: {}}, required: [b]}       | Thing v1 .a.b: is required, and was not
        {properties: {}}                            | {properties: {b: {}}, required: [b]}       | Thing v1 .a.b: is required, and was not
        {x-kubernetes-list-map-keys: [name]}        | {x-kubernetes-list-map-keys: [name, port]} | Thing v1 .a: x-kubernetes-list-map-keys was ["name"] and is ["name","port"]
        {x-kubernetes-list-type: map}               | {x-kubernetes-list-type: atomic}           | Thing v1 .a: x-kubernetes-list-type was map and is atomic
        """)
    void namesTheFieldOfWhichItTakesSomethingAway(String released, String present, String message)
            throws JsonProcessingException {
        assertThat(Compare.breaks(thing("v1", released), thing("v1", present))).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {properties: {b: {}}}    | {properties: {b: {}, c: {required: [d]}}}
        {properties: {b: {}}}    | {properties: {b: {default: x}}, required: [b]}
        {enum: [TCP]}            | {enum: [TCP, UDP]}
        {enum: [TCP]}            | {}
        {minimum: 1, maximum: 5} | {minimum: 0, maximum: 6}
        {maxLength: 5}           | {}
        {pattern: x}             | {}
        {required: [b]}          | {}
        """)
    void takesMoreThanBefore(String released, String present) throws JsonProcessingException {
        assertThat(Compare.breaks(thing("v1", released), thing("v1", present))).isEmpty();
    }

    @Test
    void missesAVersionThatWasServed() throws JsonProcessingException {
        assertThat(Compare.breaks(thing("v1", "{}"), thing("v2", "{}")))
                .containsExactly("Thing v1: is not served any more");
    }

    private static JsonNode thing(String version, String field) throws JsonProcessingException {
        return new YAMLMapper().readTree("""
            spec:
              names: {kind: Thing}
              versions:
              - name: %s
                served: true
                schema: {openAPIV3Schema: {properties: {a: %s}}}
            """.formatted(version, field));
    }
}
