package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.images.proof.Proof;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.images.proof.source.Attached;
import dev.ashlar.images.proof.source.ImageSource;
import dev.ashlar.images.proof.source.LayoutImage;
import dev.ashlar.images.proof.source.RegistryImage;
import dev.ashlar.images.registry.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the image that a word on the command line means, and has it judged. */
record Judgement(KnownImages known) {
    /** An OCI layout when there is such a file or folder, else an image in a registry. */
    Verdicts of(String reference) {
        int at = reference.lastIndexOf('@');
        Path path = Path.of(at < 0 ? reference : reference.substring(0, at));
        if (Files.isRegularFile(path) || Files.isRegularFile(path.resolve("oci-layout"))) {
            return judge(
                    reference,
                    () -> LayoutImage.open(path, at < 0 ? Optional.empty() : Optional.of(reference.substring(at + 1))));
        }
        Reference named = Reference.parse(reference);
        return judge(reference, () -> RegistryImage.open(named));
    }

    /** An image of the tree with its SBOM, which is made of the same build and is in no registry yet. */
    Verdicts of(BuiltImage image) {
        return judge(
                image.name(),
                () -> new Attached(
                        image.name(),
                        LayoutImage.open(image.layout(), Optional.of(image.digest())),
                        image.images().stream().map(Delivery::attachedSbom).toList()));
    }

    @FunctionalInterface
    private interface Opening {
        ImageSource open() throws IOException;
    }

    private Verdicts judge(String name, Opening opening) {
        try (ImageSource source = opening.open()) {
            return Proof.of(source, known);
        } catch (IOException e) {
            throw new BuildException(
                    "%s could not be judged: %s; try again, or name it elsewhere".formatted(name, e.getMessage()), e);
        }
    }
}
