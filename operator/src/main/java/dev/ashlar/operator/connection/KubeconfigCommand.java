package dev.ashlar.operator.connection;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the kubeconfig that commands use, for {@code export KUBECONFIG=$(ashlar kubeconfig)}. */
@Command(name = "kubeconfig", description = "Prints the path of the kubeconfig in use.")
public final class KubeconfigCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(Kubeconfig.value());
        return 0;
    }
}
