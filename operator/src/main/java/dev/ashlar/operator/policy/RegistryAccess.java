package dev.ashlar.operator.policy;

import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.images.proof.Proof;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.images.proof.source.RegistryImage;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryTarget;
import dev.ashlar.images.registry.RegistryTarget.Login;
import dev.ashlar.operator.connection.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the operator's pod reaches the cluster's registry.
 *
 * @param base the registry, as {@code https://HOST:PORT}
 * @param secrets the folder under which its Secrets are mounted; read each time, so that new ones count at once
 */
public record RegistryAccess(URI base, Path secrets) {

    /** Reads the whole image and judges it; throws when it could not be read, which says nothing about it. */
    Verdicts judge(NamedImage image, KnownImages known) throws IOException {
        try (var source = new RegistryImage(image.toString(), new Registry(target(image)), image.digest())) {
            return Proof.of(source, known);
        }
    }

    private RegistryTarget target(NamedImage image) throws IOException {
        Login login = new Login(read("registry-credentials/username"), read("registry-credentials/password"));
        return new RegistryTarget(
                base, Trust.only(read("registry-tls/ca.crt")), Optional.of(login), image.repository());
    }

    private String read(String file) throws IOException {
        return Files.readString(secrets.resolve(file));
    }
}
