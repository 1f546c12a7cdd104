package dev.ashlar.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.rollout.Target;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static final Manifests OVERLAY = Manifests.parse("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: ashlar-system}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: registry, namespace: ashlar-system}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: registry, namespace: ashlar-system}
            spec: {template: {spec: {containers: [{image: "localhost:5000/registry@sha256:ab"}]}}}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Site
            metadata: {name: shop, namespace: demo}
            spec: {content: {image: shop/content}, services: [{name: api, image: "example.org/api@sha256:cd"}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: health, namespace: ashlar-system}
            spec: {template: {spec: {containers: [{image: localhost:5000/health}, {image: "docker.io/library/nginx:1"}, {image: busybox}]}}}
            """);

    @Test
    void findsTheImagesOfOurRegistryOnly() {
        assertThat(OVERLAY.images()).containsExactly("health", "registry", "shop/content");
    }

    @Test
    void bringsTheRegistryBeforeWhatIsPulledFromIt() {
        assertThat(OVERLAY.beforeTheRegistry().objects().stream()
                        .map(object -> object.path("kind").asText() + " "
                                + object.path("metadata").path("name").asText()))
                .containsExactly("Namespace ashlar-system", "Service registry", "Deployment registry");
    }

    @Test
    void waitsForWhatRunsAndForOurKindsLast() {
        assertThat(OVERLAY.targets())
                .containsExactly(
                        new Target(RolloutKind.DEPLOYMENT, "ashlar-system", "registry"),
                        new Target(RolloutKind.DEPLOYMENT, "ashlar-system", "health"),
                        new Target(RolloutKind.SITE, "demo", "shop"));
    }

    @Test
    void writesWhatItRead() {
        assertThat(Manifests.parse(OVERLAY.yaml())).isEqualTo(OVERLAY);
    }
}
