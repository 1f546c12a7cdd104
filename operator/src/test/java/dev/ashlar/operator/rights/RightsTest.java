package dev.ashlar.operator.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the operator is granted, as the overlay writes it. */
class RightsTest {
    private static final Path ACCESS = Path.of("../overlays/base/operator/access.yaml");
    /** Granted beside it where the cluster has its own gateway. */
    private static final Path GATEWAY_API = Path.of("../overlays/base/gateway-api/access.yaml");

    @Test
    void namesEachRightAndNoneThatGivesMore() throws IOException {
        assertThat(Stream.concat(objects(ACCESS), objects(GATEWAY_API))
                        .flatMap(RightsTest::rules)
                        .flatMap(Right::of))
                .isNotEmpty()
                .noneMatch(right -> right.toString().contains("*"))
                .noneMatch(right -> List.of("escalate", "bind", "impersonate").contains(right.verb()))
                .noneMatch(right -> right.group().equals("rbac.authorization.k8s.io")
                        && !List.of("list", "watch").contains(right.verb()))
                .noneMatch(right -> List.of("pods/exec", "pods/attach", "serviceaccounts/token", "nodes/proxy")
                        .contains(right.resource()));
    }

    @Test
    void readsSecretsOnlyWhereANamespaceGrantsIt() throws IOException {
        assertThat(objects(ACCESS).filter(ClusterRoleBinding.class::isInstance))
                .singleElement()
                .satisfies(binding -> assertThat(
                                ((ClusterRoleBinding) binding).getRoleRef().getName())
                        .isEqualTo("ashlar-operator"));
        assertThat(objects(ACCESS)
                        .filter(object -> object.getMetadata().getName().equals("ashlar-operator"))
                        .flatMap(RightsTest::rules)
                        .flatMap(Right::of))
                .isNotEmpty()
                .noneMatch(right -> right.resource().startsWith("secrets"));
    }

    private static Stream<PolicyRule> rules(HasMetadata object) {
        return switch (object) {
            case ClusterRole role -> role.getRules().stream();
            case Role role -> role.getRules().stream();
            default -> Stream.empty();
        };
    }

    @Test
    void touchesObjectsOfNoOtherProjectWhereTheGatewayIsItsOwn() throws IOException {
        assertThat(objects(ACCESS).flatMap(RightsTest::rules).flatMap(Right::of))
                .isNotEmpty()
                .allMatch(right -> !right.group().contains(".")
                        || right.group().endsWith(".k8s.io") && !right.group().startsWith("gateway.")
                        || right.group().equals("ashlar.dev"));
    }

    private static Stream<HasMetadata> objects(Path file) throws IOException {
        return Arrays.stream(Files.readString(file).split("(?m)^---$")).map(Serialization::unmarshal);
    }
}
