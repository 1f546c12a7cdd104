package dev.ashlar.operator.cluster;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.connection.ClusterRegistry;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;

/** Brings images into the cluster's registry; what it has of them already is not sent again. */
public final class TestImages {
    private TestImages() {}

    /** An image of the tree, built when needed; returns how a spec names it. */
    public static String push(KubernetesClient client, String name) throws IOException {
        return push(client, Images.open(Checkout.find()).image(name));
    }

    /** Returns how a spec names it. */
    public static String push(KubernetesClient client, BuiltImage image) throws IOException {
        try (ClusterRegistry registry = ClusterRegistry.open(client)) {
            registry.push(image);
        }
        return image.name() + "@" + image.digest();
    }
}
