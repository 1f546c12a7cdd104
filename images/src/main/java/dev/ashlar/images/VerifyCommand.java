package dev.ashlar.images;

import dev.ashlar.images.host.Progress;
import dev.ashlar.images.recipe.LockedSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ashlar image verify}: reads every cached byte, or builds everything a second time. */
@Command(
        name = "verify",
        description = "Checks every byte that is cached; with --reproduce builds again from nothing and compares.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Folders in images/; all when none is given.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--reproduce", description = "Build again with empty caches, in another folder, and compare.")
    private boolean reproduce;

    @Override
    public Integer call() {
        Checkout checkout = Checkout.find();
        Images images = Images.open(checkout);
        List<String> asked = names.isEmpty() ? images.names() : names;
        boolean good = reproduce ? reproduce(checkout, images, asked) : readAll(images, asked);
        return good ? 0 : 1;
    }

    private static boolean readAll(Images images, List<String> names) {
        Progress progress = images.progress();
        boolean good = true;
        for (String name : names) {
            boolean whole = images.build(name).isWhole();
            progress.say(
                    whole ? "✓ %s: every byte is as it was built" : "✗ %s: not built, or changed; run: make images",
                    name);
            good &= whole;
        }
        for (LockedSource source : images.lock().sources()) {
            if (!images.sources().isKept(source)) {
                progress.say(
                        "· %s %s is not in the cache and will be fetched when needed", source.kind(), source.name());
            }
        }
        return good;
    }

    private static boolean reproduce(Checkout checkout, Images images, List<String> names) {
        Progress progress = images.progress();
        boolean good = true;
        try (Reproduction reproduction = new Reproduction(checkout, images)) {
            for (String name : names) {
                Instant start = Instant.now();
                progress.say("· %s: building it again from nothing", name);
                Optional<String> difference = reproduction.difference(name);
                String time = Progress.seconds(Duration.between(start, Instant.now()));
                progress.say(
                        difference.map(what -> "✗ " + name + ": " + what).orElse("✓ " + name + ": the same again")
                                + ", %s",
                        time);
                good &= difference.isEmpty();
            }
        }
        return good;
    }
}
