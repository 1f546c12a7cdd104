package dev.ashlar.operator.cluster;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.local.LocalCluster;
import dev.ashlar.operator.cluster.node.Programs;
import dev.ashlar.operator.terminal.Progress;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

/** Joins the local cluster to the images that its programs come from. */
final class Clusters {
    private Clusters() {}

    static LocalCluster local(Checkout checkout, Images images, Progress progress) {
        LocalCluster.requireRoot();
        return new LocalCluster(checkout.root(), checkout.cache(), programs(images), progress);
    }

    static Programs programs(Images images) {
        // Kept, since the build cache checks an entry each time it is asked for it.
        var folders = new ConcurrentHashMap<String, Path>();
        return name -> folders.computeIfAbsent(name, images::programs);
    }
}
