package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.recipe.Lock;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image lock}: looks up the newest versions and writes them with their hashes. */
@Command(
        name = "lock",
        description = "Looks up the outside sources of images again and writes version and hash to images/lock.yaml.")
final class LockCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Folders in images/; all when none is given.")
    private List<String> names = new ArrayList<>();

    private int kept;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Checkout checkout = Checkout.find();
        Images images = Images.open(checkout);
        Set<Need> asked = needs(images, names.isEmpty() ? images.names() : names);
        Set<Need> used = needs(images, images.names());
        List<LockedSource> sources = new ArrayList<>();
        for (LockedSource source : images.lock().sources()) {
            if (used.stream().noneMatch(need -> need.isMetBy(source))) {
                say(source, "%s → no longer used".formatted(source.version()));
            } else if (asked.stream().noneMatch(need -> need.isMetBy(source))) {
                sources.add(source);
            }
        }
        for (Need need : asked) {
            sources.add(lock(images, need));
        }
        new Lock(sources).write(checkout.root());
        return kept == 0 ? 0 : 1;
    }

    /** The newest version, if it can really be fetched; else the one that was locked. */
    private LockedSource lock(Images images, Need need) {
        Optional<LockedSource> old =
                images.lock().sources().stream().filter(need::isMetBy).findFirst();
        LockedSource newest = images.sources().newest(need);
        try {
            images.sources().files(newest);
        } catch (BuildException e) {
            if (old.isEmpty()) {
                throw e;
            }
            kept++;
            say(
                    newest,
                    "%s is kept, since %s was announced but %s"
                            .formatted(old.get().version(), newest.version(), e.getMessage()));
            return old.get();
        }
        report(old, newest);
        return newest;
    }

    private static Set<Need> needs(Images images, List<String> names) {
        return names.stream()
                .flatMap(name -> images.recipe(name).layers().stream())
                .flatMap(Need::of)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private void report(Optional<LockedSource> old, LockedSource newest) {
        if (old.isEmpty()) {
            say(newest, "new → " + newest.version());
        } else if (old.get().equals(newest)) {
            say(newest, newest.version() + ", unchanged");
        } else if (old.get().version().equals(newest.version())) {
            say(newest, newest.version() + ", the same version with ANOTHER HASH: find out why before you commit this");
        } else {
            say(newest, old.get().version() + " → " + newest.version());
        }
    }

    private void say(LockedSource source, String what) {
        spec.commandLine().getOut().println("%s %s: %s".formatted(source.kind(), source.name(), what));
        spec.commandLine().getOut().flush();
    }
}
