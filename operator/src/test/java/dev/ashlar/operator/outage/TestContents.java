package dev.ashlar.operator.outage;

import dev.ashlar.crds.Content;
import dev.ashlar.operator.cluster.TestImages;
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
        for (String name : NAMES) {
            images.add(TestImages.push(client, name));
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
