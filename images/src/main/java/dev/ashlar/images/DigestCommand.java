package dev.ashlar.images;

import dev.ashlar.images.registry.Reference;
import dev.ashlar.images.registry.Registries;
import dev.ashlar.images.registry.Registry;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image digest}: what to write after the {@code @} in a Site or Service. */
@Command(
        name = "digest",
        description =
                "Prints NAME@sha256:... of an image of the source tree, built when needed, or of one in a registry.")
final class DigestCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REF",
            description = "A folder in images/; else NAME[:TAG] in the cluster's own registry (what was pushed last,"
                    + " without a tag), or HOST/NAME[:TAG] in any other.")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Reference reference = Reference.parse(name);
        String digest = ofTree(reference).orElseGet(() -> inRegistry(reference));
        String host = reference.host().map(text -> text + "/").orElse("");
        spec.commandLine().getOut().println(host + reference.repository() + "@" + digest);
        return 0;
    }

    private Optional<String> ofTree(Reference reference) {
        if (!reference.toString().equals(reference.repository())) {
            return Optional.empty();
        }
        Images images = Images.open(Checkout.find());
        return Optional.of(reference.repository())
                .filter(images.names()::contains)
                .map(images::image)
                .map(BuiltImage::digest);
    }

    private static String inRegistry(Reference reference) {
        try (Registry registry = Registries.open(reference)) {
            return registry.require(reference.version()).digest();
        }
    }
}
