package dev.ashlar.images;

import dev.ashlar.images.sbom.Sbom;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image sbom}. */
@Command(name = "sbom", description = "Prints the bill of materials of an image, CycloneDX 1.6 as JSON.")
final class SbomCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REF",
            description =
                    "A folder in images/; else NAME[@DIGEST] in the cluster's own registry, or HOST/NAME[@DIGEST].")
    private String reference = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        byte[] document = new AttachedDocument(Sbom.TYPE, "SBOM", Delivery::sbom).of(reference);
        spec.commandLine().getOut().println(new String(document, StandardCharsets.UTF_8));
        return 0;
    }
}
