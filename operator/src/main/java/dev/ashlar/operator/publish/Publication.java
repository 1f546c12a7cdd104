package dev.ashlar.operator.publish;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.rollout.Page;
import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.rollout.Rollouts;
import dev.ashlar.operator.rollout.ShortDigest;
import dev.ashlar.operator.rollout.SiteUrl;
import dev.ashlar.operator.rollout.Target;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings the images of a content and its Site into the cluster and proves it by the page. */
record Publication(KubernetesClient client, Progress progress, Duration patience) {

    void publish(Path file, SiteFile desired, String namespace, ContentImages images, EntryPage entry)
            throws IOException {
        for (BuiltImage image : images.all()) {
            push(image);
        }
        var site = new SiteClient(client, namespace, desired.name());
        Optional<Long> before = site.generation();
        long after = site.apply(desired.document());
        // Only now: a file that the API server refuses would be in the way of the next attempt.
        Files.writeString(file, desired.text());
        site.rollbackTo().ifPresent(revision -> {
            throw new Failure(
                    "Site %s is held back at revision %d by spec.rollbackTo, so that the new content waits; run it: `ashlar rollback %1$s --end`"
                            .formatted(desired.name(), revision));
        });
        Target target = new Target(RolloutKind.SITE, namespace, desired.name());
        new Rollouts(client, progress, patience).await(List.of(target));
        if (before.equals(Optional.of(after))) {
            System.out.printf(
                    "nothing changed, still %s…%n%s%n",
                    ShortDigest.of(images.content().digest()), SiteUrl.of(client, target));
            return;
        }
        Page page = fetch(target, entry);
        System.out.printf("%s   %s%n", page.url(), page.title());
    }

    private void push(BuiltImage image) throws IOException {
        Progress.Step step = progress.start("image " + image.name());
        try (ClusterRegistry registry = ClusterRegistry.open(client)) {
            long sent = registry.push(image);
            step.done(sent == 0 ? "is in the registry" : "%.1f MiB pushed".formatted(sent / 1048576.0));
        }
    }

    private Page fetch(Target target, EntryPage entry) throws IOException {
        return Page.fetch(entry.below(SiteUrl.of(client, target)), Duration.ofSeconds(30), entry.served());
    }
}
