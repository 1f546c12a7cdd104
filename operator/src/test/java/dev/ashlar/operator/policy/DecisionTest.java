package dev.ashlar.operator.policy;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Golden;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a Service whose image stands so; its conditions where the rules are enforced, and where they are not. */
class DecisionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T08:00:00Z"), ZoneOffset.UTC);
    private static final Stage AVAILABLE = new Stage("Available", new Outcome.Done("1 pod answers."));

    static Stream<Path> cases() {
        return Golden.cases("policy");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decidesTheCase(Path folder) throws IOException {
        Golden.matches(
                folder, Map.of("enforced", decided(folder, true), "warned", decided(folder, false)), "standing.yaml");
    }

    private static Service decided(Path folder, boolean enforced) throws IOException {
        Service service = Golden.in(folder, Service.class);
        Stage proven = new Decision(service, service.getSpec().image(), enforced).on(standing(folder));
        Service decided = new Service();
        decided.setMetadata(service.getMetadata());
        decided.setStatus(new ServiceStatus(
                1L,
                Conditions.of(List.of(proven, AVAILABLE), List.of(), 1, CLOCK),
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of()));
        return decided;
    }

    /** The ConfigMap of a verdict, or what is known without one. */
    private static Standing standing(Path folder) throws IOException {
        ConfigMap map = Serialization.unmarshal(Files.readString(folder.resolve("standing.yaml")), ConfigMap.class);
        return switch (map.getMetadata().getName()) {
            case "foreign" -> new Standing.Foreign();
            case "proving" -> new Standing.Proving(Duration.ofSeconds(3));
            case "not-judged" -> new Standing.NotJudged(map.getData().getOrDefault("why", ""));
            default -> new Standing.Judged(Judgement.read(map));
        };
    }
}
