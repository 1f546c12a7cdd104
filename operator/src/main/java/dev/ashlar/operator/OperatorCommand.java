package dev.ashlar.operator;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the operator: the one command that starts Quarkus, meant for the pod. */
@Command(name = "operator", description = "Runs the operator (in the pod).")
final class OperatorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Quarkus.run();
        return 0;
    }
}
