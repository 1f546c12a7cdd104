package dev.ashlar.images.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An in-toto statement whose predicate is SLSA provenance, as far as it is used here. */
record Statement(
        @JsonProperty("_type") String type, List<Resource> subject, String predicateType, Predicate predicate) {

    record Predicate(BuildDefinition buildDefinition, RunDetails runDetails) {}

    record BuildDefinition(
            String buildType, SortedMap<String, String> externalParameters, List<Resource> resolvedDependencies) {}

    record RunDetails(Builder builder, Metadata metadata) {}

    record Builder(String id) {}

    record Metadata(String invocationId) {}

    /** A resource descriptor; at least one of uri and digest is there. */
    @JsonInclude(Include.NON_EMPTY)
    record Resource(
            @Nullable String name,
            @Nullable String uri,
            SortedMap<String, String> digest,
            SortedMap<String, String> annotations) {}
}
