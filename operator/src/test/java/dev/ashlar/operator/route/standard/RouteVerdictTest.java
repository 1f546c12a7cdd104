package dev.ashlar.operator.route.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.route.RouteReason;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteVerdictTest {
    private static final String ACCEPTED =
            "{type: Accepted, status: \"True\", observedGeneration: 2, reason: Accepted}";
    private static final String RESOLVED =
            "{type: ResolvedRefs, status: \"True\", observedGeneration: 2, reason: ResolvedRefs}";

    @Test
    void isDoneWhereTheGatewayAcceptsAllAndFindsAllBackends() {
        assertThat(judge("web", ACCEPTED, RESOLVED))
                .isEqualTo(new Outcome.Done("Gateway infra/web has the site's routes."));
    }

    @Test
    void waitsForAGatewayThatTellsNothingOrOnlyOfAnEarlierGeneration() {
        String earlier = ACCEPTED.replace("observedGeneration: 2", "observedGeneration: 1");
        assertThat(reason(judge("web", RESOLVED, earlier))).isEqualTo(RouteReason.Routing);
        assertThat(reason(judge("other", ACCEPTED, RESOLVED))).isEqualTo(RouteReason.Routing);
        assertThat(reason(new RouteVerdict(new Parent("infra", "web")).of(List.of(route("{}")))))
                .isEqualTo(RouteReason.Routing);
    }

    @Test
    void saysWhatTheGatewaySays() {
        Outcome refused = judge(
                "web",
                "{type: Accepted, status: \"False\", observedGeneration: 2, reason: NotAllowedByListeners, message: no listener}",
                RESOLVED);
        assertThat(reason(refused)).isEqualTo(RouteReason.NotAccepted);
        assertThat(refused.message())
                .isEqualTo(
                        "Gateway infra/web says that HTTPRoute shop-main is not Accepted, NotAllowedByListeners: no listener");
        assertThat(reason(judge(
                        "web",
                        ACCEPTED,
                        "{type: ResolvedRefs, status: \"False\", observedGeneration: 2, reason: BackendNotFound}")))
                .isEqualTo(RouteReason.NotAccepted);
    }

    private static RouteReason reason(Outcome outcome) {
        return (RouteReason) ((Outcome.Waiting) outcome).reason();
    }

    private static Outcome judge(String gateway, String... conditions) {
        return new RouteVerdict(new Parent("infra", "web"))
                .of(List.of(route(
                        "{parents: [{controllerName: example.org/c, parentRef: {namespace: infra, name: %s}, conditions: [%s]}]}"
                                .formatted(gateway, String.join(", ", conditions)))));
    }

    private static HTTPRoute route(String status) {
        return new KubernetesSerialization().unmarshal("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: shop-main, namespace: web, generation: 2}
                status: %s
                """.formatted(status), HTTPRoute.class);
    }
}
