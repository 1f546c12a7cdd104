package dev.ashlar.operator.kube;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The first lists of informers, which are waited for so that a restart changes nothing. */
public final class FirstLists {
    private static final long SECONDS = 10;

    private FirstLists() {}

    /** Each either comes, fails or is late: none of it keeps the operator from its work. */
    public static void await(List<CompletableFuture<Void>> started) {
        CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
                .exceptionally(gone -> null)
                .completeOnTimeout(null, SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
