package dev.ashlar.operator.deploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.images.Checkout;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/** A folder below {@code overlays}, and the kustomization below {@code target/deploy} that adds the digests to it. */
public record Overlay(Checkout checkout, String name) {
    public static Overlay of(Checkout checkout, String name) {
        var overlay = new Overlay(checkout, name);
        if (!Files.isRegularFile(overlay.folder().resolve("kustomization.yaml"))) {
            throw new Failure(
                    "there is no environment %s: %s has no kustomization.yaml; `ls overlays` shows the environments"
                            .formatted(name, overlay.folder()));
        }
        return overlay;
    }

    public Path folder() {
        return checkout.root().resolve("overlays").resolve(name);
    }

    /** Where the nodes get an image: only the registry's own can come from elsewhere than the registry. */
    static String home(String image, Optional<BootstrapRegistry> bootstrap) {
        return bootstrap
                .filter(registry -> BootstrapRegistry.IMAGES.contains(image))
                .map(registry -> registry.place() + "/")
                .orElse(NamedImage.REGISTRY);
    }

    /** Writes the kustomization: the overlay, what kustomize has to know of our kinds, and a digest for each image. */
    public Path pin(SortedMap<String, String> digests, Optional<BootstrapRegistry> bootstrap) {
        Path target = checkout.root().resolve("target/deploy").resolve(name);
        ObjectNode kustomization = JsonNodeFactory.instance.objectNode();
        kustomization.putArray("resources").add(target.relativize(folder()).toString());
        kustomization
                .putArray("components")
                .add(target.relativize(checkout.root().resolve("crds/kustomize"))
                        .toString());
        var images = kustomization.putArray("images");
        digests.forEach((image, digest) -> {
            images.addObject()
                    .put("name", NamedImage.REGISTRY + image)
                    .put("newName", home(image, bootstrap) + image)
                    .put("digest", digest);
            images.addObject().put("name", image).put("digest", digest);
        });
        try {
            Files.createDirectories(target);
            Files.writeString(target.resolve("kustomization.yaml"), new YAMLMapper().writeValueAsString(kustomization));
            return target;
        } catch (IOException broken) {
            throw new Failure(
                    "%s cannot be written (%s); check its owner and the disk".formatted(target, broken), broken);
        }
    }
}
