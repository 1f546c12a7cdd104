package dev.ashlar.operator.bench;

import dev.ashlar.operator.validation.Kubectl;

/** How long a thousand Sites take by the operator, beside the floor, kubectl and the twin, in turns. */
final class ConvergeBench {
    private ConvergeBench() {}

    static void run(Lab lab, Table table, int count, int rounds) throws Exception {
        Ways ways = new Ways(lab, count);
        double[] ours = new double[rounds];
        double[] floor = new double[rounds];
        double[] twin = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ours[round] = ways.program("ours", lab::startOperator);
            floor[round] = ways.floor();
            twin[round] = ways.program("twin", lab::startTwin);
        }
        // Its own throttle of 50 requests a second decides, so that once is enough.
        double kubectl = ways.kubectl(Kubectl.find().program());
        double median = Table.median(ours);
        table.note(count + " Sites by the operator", median, " s");
        table.note(count + " Sites by raw requests", Table.median(floor), " s");
        table.note(count + " Sites by the twin in Go", Table.median(twin), " s");
        table.note(count + " Sites by kubectl", kubectl, " s");
        table.atMost(count + " Sites, next to raw requests", 1.5, median / Table.median(floor), "");
        table.atMost(count + " Sites, next to kubectl", 0.65, median / kubectl, "");
        table.atMost(count + " Sites, next to the twin", 1.1, median / Table.median(twin), "");
    }
}
