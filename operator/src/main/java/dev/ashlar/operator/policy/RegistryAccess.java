package dev.ashlar.operator.policy;

import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.images.proof.Proof;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.images.proof.source.RegistryImage;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.operator.connection.MountedRegistry;
import dev.ashlar.operator.kube.NamedImage;
import java.io.IOException;

/** Reads images out of the cluster's registry and judges them. */
public record RegistryAccess(MountedRegistry registry) {

    /** Reads the whole image and judges it; throws when it could not be read, which says nothing about it. */
    Verdicts judge(NamedImage image, KnownImages known) throws IOException {
        var repository = new Registry(registry.target(image.repository()));
        try (var source = new RegistryImage(image.toString(), repository, image.digest())) {
            return Proof.of(source, known);
        }
    }
}
