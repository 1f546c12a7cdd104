package dev.ashlar.operator.history;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who set what runs last, and when, by the fields that the API server says each manager has. */
public record Applicant(String manager, String time) {
    private static final Set<String> STEERS = Set.of(".", "f:rollbackTo", "f:onFailure", "f:suspend");

    static Optional<Applicant> of(HasMetadata resource) {
        return resource.getMetadata().getManagedFields().stream()
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .filter(Applicant::setsWhatRuns)
                .max(Comparator.comparing(ManagedFieldsEntry::getTime))
                .map(entry -> new Applicant(entry.getManager(), entry.getTime()));
    }

    /** Whether the number of replicas is not of the spec's author but of who scales: an autoscaler, or `kubectl scale`. */
    public static boolean isScaled(HasMetadata resource) {
        return resource.getMetadata().getManagedFields().stream()
                .filter(entry -> "scale".equals(entry.getSubresource()))
                .anyMatch(entry -> fields(entry).contains("f:replicas"));
    }

    private static Set<?> fields(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> fields
                ? fields.keySet()
                : Set.of();
    }

    private static boolean setsWhatRuns(ManagedFieldsEntry entry) {
        return entry.getTime() != null && !STEERS.containsAll(fields(entry));
    }
}
