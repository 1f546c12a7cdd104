package dev.ashlar.operator.bench;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sixteen workers that share a number of pieces of work. */
final class Load {
    private static final int WORKERS = 16;

    private Load() {}

    /** One piece of work, by its number. */
    @FunctionalInterface
    interface Work {
        void run(int number) throws Exception;
    }

    static void run(int from, int to, Work work) throws Exception {
        var next = new AtomicInteger(from);
        Callable<Void> worker = () -> {
            for (int i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
                work.run(i);
            }
            return null;
        };
        try (var workers = Executors.newFixedThreadPool(WORKERS)) {
            var all = new ArrayList<Future<Void>>();
            for (int i = 0; i < WORKERS; i++) {
                all.add(workers.submit(worker));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }
}
