package dev.ashlar.operator.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Measures the operator in the cluster that is up: {@code OperatorBench FILE PART…} adds lines to the file. */
final class OperatorBench {
    private static final int SITES = Integer.getInteger("sites", 1000);
    private static final int CHANGES = Integer.getInteger("changes", 300);
    private static final int PODS = Integer.getInteger("pods", 200);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private OperatorBench() {}

    public static void main(String[] args) throws Exception {
        Table table = new Table(Path.of(args[0]));
        Set<String> parts = Set.of(Arrays.copyOfRange(args, 1, args.length));
        try (Lab lab = Lab.open()) {
            if (parts.contains("thousand")) {
                ThousandBench.run(lab, table, SITES);
            }
            if (parts.contains("drift")) {
                DriftBench.run(lab, table, CHANGES);
            }
            if (parts.contains("start")) {
                StartBench.run(lab, table, ROUNDS);
            }
            if (parts.contains("pods")) {
                PodsBench.run(lab, table, PODS);
            }
            if (parts.contains("gateway")) {
                GatewayBench.run(lab, table, SITES, ROUNDS);
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
