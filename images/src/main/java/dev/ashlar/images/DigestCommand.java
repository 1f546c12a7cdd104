package dev.ashlar.images;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image digest}: what to write after the {@code @} in a Site or Service. */
@Command(name = "digest", description = "Prints NAME@sha256:... of an image of the source tree; builds it when needed.")
final class DigestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "A folder in images/.")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        BuiltImage image = Images.open(Checkout.find()).image(name);
        spec.commandLine().getOut().println(image.name() + "@" + image.digest());
        return 0;
    }
}
