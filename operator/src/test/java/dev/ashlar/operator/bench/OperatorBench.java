package dev.ashlar.operator.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Measures the operator in the cluster that is up: {@code OperatorBench FILE PART…} adds lines to the file. */
final class OperatorBench {
    private static final int SITES = Integer.getInteger("sites", 1000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private OperatorBench() {}

    public static void main(String[] args) throws Exception {
        Table table = new Table(Path.of(args[0]));
        Set<String> parts = Set.of(Arrays.copyOfRange(args, 1, args.length));
        try (Lab lab = Lab.open()) {
            if (parts.contains("thousand")) {
                ThousandBench.run(lab, table, SITES);
            }
            if (parts.contains("ours")) {
                new Ways(lab, SITES).program("ours", lab::startOperator);
            }
            if (parts.contains("converge")) {
                ConvergeBench.run(lab, table, SITES, ROUNDS);
            }
        }
    }
}
