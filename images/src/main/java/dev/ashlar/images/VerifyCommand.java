package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.proof.DeployedList;
import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.images.proof.Report;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.images.recipe.LockedSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image verify}: reads every cached byte, judges images of anywhere, or builds everything a second time. */
@Command(
        name = "verify",
        description = {
            "Judges images by every rule; without REF, checks every byte that is cached.",
            "Ends with 0 when all are proven, 1 when one is not, 2 when one could not be judged."
        },
        exitCodeOnExecutionException = 2)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REF",
            description = "A folder in images/, an OCI layout (folder or tar), NAME[:TAG|@DIGEST] in the cluster's own"
                    + " registry, or HOST/NAME[:TAG|@DIGEST] in any other.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--policy",
            description = "Judge as the operator does in enforced namespaces: by the list of known images that was"
                    + " deployed with it, instead of this checkout's.")
    private boolean policy;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json: verdicts as JSON on the standard output, one object for each image.")
    private @Nullable Output output;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--reproduce",
            description =
                    "Build again of the locked sources alone, with empty caches, in another folder, as another user,"
                            + " with another umask, locale, time zone and clock, and compare.")
    private boolean reproduce;

    /** The forms that a machine reads. */
    enum Output {
        json
    }

    @Override
    public Integer call() {
        if (names.isEmpty() || reproduce) {
            Checkout checkout = Checkout.find();
            Images images = Images.open(checkout);
            List<String> asked = names.isEmpty() ? images.names() : names;
            return (reproduce ? reproduce(checkout, images, asked) : readAll(images, asked)) ? 0 : 1;
        }
        Optional<Images> tree = tree();
        Judgement judgement = new Judgement(known(tree));
        boolean good = true;
        for (String name : names) {
            good &= verify(name, tree.filter(images -> images.names().contains(name)), judgement);
        }
        return good ? 0 : 1;
    }

    /** The images of the checkout; none where there is none, as in a pod, which then judges by the deployed list. */
    private Optional<Images> tree() {
        try {
            return Optional.of(Images.open(Checkout.find()));
        } catch (BuildException none) {
            if (policy) {
                return Optional.empty();
            }
            throw none;
        }
    }

    private KnownImages known(Optional<Images> tree) {
        if (!policy) {
            return tree.map(TreeList::of).orElse(KnownImages.NONE);
        }
        return ServiceLoader.load(DeployedList.class)
                .findFirst()
                .orElseThrow(
                        () -> new BuildException(
                                "the list of known images is in the cluster, which this program cannot reach; leave out --policy"))
                .read();
    }

    private boolean verify(String name, Optional<Images> tree, Judgement judgement) {
        if (tree.isEmpty()) {
            return print(judgement.of(name));
        }
        Images images = tree.get();
        boolean whole = readAll(images, List.of(name));
        return images.recipe(name).programs() || !whole ? whole : print(judgement.of(images.image(name)));
    }

    private boolean print(Verdicts verdicts) {
        Report report = new Report(verdicts);
        spec.commandLine().getOut().println(output == Output.json ? report.json() : report.table());
        return verdicts.isProven();
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
