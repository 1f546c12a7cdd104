package dev.ashlar.operator.service.plan;

import dev.ashlar.crds.Before;
import java.time.Duration;
import java.util.List;

/** One step that ends well before the pods of a revision start. */
public record Step(String name, List<String> command, List<String> args, Duration deadline, int retries) {
    static Step of(Before before) {
        return new Step(
                before.name(),
                before.command(),
                before.args(),
                Run.hourOr(before.deadline()),
                before.retries() == null ? 0 : before.retries());
    }
}
