package dev.ashlar.operator.gc;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Images;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The digests that something names. */
final class Used {
    /** What may name an image, and what a rollback goes back to: the revisions that the API server keeps. */
    private static final List<String> LISTS = List.of(
            "/apis/ashlar.dev/v1alpha1/sites",
            "/apis/ashlar.dev/v1alpha1/services",
            "/apis/apps/v1/deployments",
            "/apis/apps/v1/replicasets",
            "/apis/apps/v1/statefulsets",
            "/apis/apps/v1/daemonsets",
            "/apis/apps/v1/controllerrevisions",
            "/apis/batch/v1/jobs",
            "/apis/batch/v1/cronjobs",
            "/api/v1/replicationcontrollers",
            "/api/v1/podtemplates",
            // Verdicts name images too, and keep none.
            "/api/v1/configmaps?labelSelector=" + Labels.PROOF + "!=" + Labels.VERDICT,
            "/api/v1/pods");

    private static final Pattern DIGEST = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private Used() {}

    /** Of the whole cluster; what may not be listed ends this with the API server's sentence, since it may name an image. */
    static Set<String> inCluster(KubernetesClient client) {
        Set<String> digests = new TreeSet<>();
        for (String list : LISTS) {
            Optional.ofNullable(client.raw(list)).ifPresent(json -> digests.addAll(in(json)));
        }
        return digests;
    }

    /** Of the overlays, of the lock, and of the images of the source tree as they are built. */
    static Set<String> inTree(Path root, Images images) {
        Set<String> digests = new TreeSet<>();
        for (Path place : List.of(root.resolve("overlays"), root.resolve("images/lock.yaml"))) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    digests.addAll(in(Files.readString(file)));
                }
            } catch (IOException e) {
                throw new Failure("cannot read %s (%s), which may name an image; repair that".formatted(place, e), e);
            }
        }
        images.built().stream().flatMap(BuiltImage::digests).forEach(digests::add);
        return digests;
    }

    static Set<String> in(String text) {
        Set<String> digests = new TreeSet<>();
        Matcher digest = DIGEST.matcher(text);
        while (digest.find()) {
            digests.add("sha256:" + digest.group());
        }
        return digests;
    }
}
