package dev.ashlar.images;

import dev.ashlar.images.provenance.Provenance;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image provenance}. */
@Command(name = "provenance", description = "Prints how an image was made, an in-toto statement with SLSA provenance.")
final class ProvenanceCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REF",
            description =
                    "A folder in images/; else NAME[@DIGEST] in the cluster's own registry, or HOST/NAME[@DIGEST].")
    private String reference = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        byte[] document = new AttachedDocument(Provenance.TYPE, "provenance", Delivery::provenance).of(reference);
        spec.commandLine().getOut().println(new String(document, StandardCharsets.UTF_8));
        return 0;
    }
}
