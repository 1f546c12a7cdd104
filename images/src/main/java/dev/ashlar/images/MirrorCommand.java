package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.mirror.Mirror;
import dev.ashlar.images.mirror.Origin;
import dev.ashlar.images.registry.Reference;
import dev.ashlar.images.registry.Registries;
import dev.ashlar.images.registry.Registry;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image mirror}: brings an image of others into the cluster's registry, byte by byte. */
@Command(
        name = "mirror",
        description =
                "Copies a foreign image into the cluster's own registry, its digest unchanged, and notes where it is"
                        + " from. It is not proven, and runs only where the policy warns.")
final class MirrorCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REF",
            description = "HOST/NAME@sha256:DIGEST; an image, or an index of several platforms.")
    private String text = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Reference from = Reference.parse(text);
        String host = from.host()
                .orElseThrow(() -> new BuildException(
                        "%s names no registry, so that it is in the cluster's own already; write HOST/%s"
                                .formatted(from, from)));
        String digest = from.digest()
                .orElseThrow(() ->
                        new BuildException("%s may be another image tomorrow; write its digest: ashlar image digest %s"
                                .formatted(from, from)));
        Reference to = new Reference(
                Optional.empty(), Mirror.repository(host, from.repository()), Optional.empty(), Optional.of(digest));
        Progress progress = Progress.toTerminal();
        try (Registry source = Registries.open(from);
                Registry target = Registries.open(to)) {
            long sent = new Mirror(source, target, progress).copy(digest, Origin.of(from, Clock.systemUTC()));
            progress.say(
                    "✓ %s: %s copied; not proven, so that enforced namespaces refuse it", from, Progress.size(sent));
        }
        spec.commandLine().getOut().println(to);
        return 0;
    }
}
