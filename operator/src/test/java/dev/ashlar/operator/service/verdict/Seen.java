package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.service.warning.Warning;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What the watches know in a test. Pods are as the watch keeps them; a warning is about every object. */
final class Seen {
    private Seen() {}

    static Evidence pods(Pod... pods) {
        return of(Stream.of(pods).map(TrimmedPod::of).toList());
    }

    static Evidence of(List<Pod> pods) {
        return new Evidence(pods, List.of(), uid -> List.of());
    }

    static Evidence claim(Pod pod, PersistentVolumeClaim claim) {
        return new Evidence(List.of(TrimmedPod.of(pod)), List.of(claim), uid -> List.of());
    }

    static Evidence warned(String reason, String message, Pod... pods) {
        var warning = new Warning(reason, message, Instant.parse("2026-01-01T00:00:30Z"));
        return new Evidence(pods(pods).pods(), List.of(), uid -> List.of(warning));
    }
}
