package dev.ashlar.operator.outage;

import dev.ashlar.crds.Content;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.connection.ClusterRegistry;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two images that a Site can have as its content, in turn. */
final class TestContents {
    private static final List<String> NAMES = List.of("nginx", "git-doc");

    private final KubernetesClient client;
    private final List<String> images = new ArrayList<>();
    private int turn;

    TestContents(KubernetesClient client) {
        this.client = client;
    }

    void push() throws IOException {
        try (ClusterRegistry registry = ClusterRegistry.open(client)) {
            for (String name : NAMES) {
                var image = Images.open(Checkout.find()).image(name);
                registry.push(image);
                images.add(name + "@" + image.digest());
            }
        }
    }

    /** From now on the other one is expected. */
    Content next() {
        turn();
        return new Content(expected(), 2, null);
    }

    void turn() {
        turn++;
    }

    boolean isExpected(String digest) {
        return expected().endsWith("@" + digest);
    }

    /** Whether a pod's image is one that somebody asked for. */
    boolean isOneOf(String reference) {
        return images.stream().anyMatch(reference::endsWith);
    }

    private String expected() {
        return images.get(turn % images.size());
    }
}
