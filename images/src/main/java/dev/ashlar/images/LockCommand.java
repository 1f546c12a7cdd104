package dev.ashlar.images;

import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.Lock;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar image lock}: looks up the newest versions and writes them with their hashes; or only checks. */
@Command(
        name = "lock",
        description = "Looks up the outside sources of images again and writes version and hash to images/lock.yaml.")
final class LockCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Folders in images/; all when none is given.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--check",
            description =
                    "Changes nothing; fetches each locked source anew, says which is gone and which is not the newest;"
                            + " exit code 1 when one is gone.")
    private boolean check;

    @Option(names = "--accept", description = "Takes another hash for a version that is already locked.")
    private boolean accept;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Checkout checkout = Checkout.find().withRegistries();
        Images images = Images.open(checkout);
        Set<Need> asked = asked(images, names.isEmpty() ? images.namesWithThoseOnRequest() : names);
        return check ? check(images, asked) : refresh(checkout, images, asked);
    }

    private int check(Images images, Set<Need> asked) {
        LockCheck check = new LockCheck(images.sources(), this::say);
        int gone = 0;
        Set<LockedSource> checked = new HashSet<>();
        for (Need need : asked) {
            Optional<LockedSource> locked = locked(images, need);
            if (locked.isPresent() && !checked.add(locked.get())) {
                continue; // one file for all platforms
            }
            if (locked.isEmpty()) {
                say("✗ %s: not in images/lock.yaml; run: ashlar image lock".formatted(need.name()));
            }
            gone += locked.isPresent() && check.check(locked.get(), need) ? 0 : 1;
        }
        return gone == 0 ? 0 : 1;
    }

    private int refresh(Checkout checkout, Images images, Set<Need> asked) throws IOException {
        Set<Need> used = needs(images, images.namesWithThoseOnRequest(), List.of(Platform.values()));
        List<LockedSource> sources = new ArrayList<>();
        for (LockedSource source : images.lock().sources()) {
            if (used.stream().noneMatch(need -> need.isMetBy(source))) {
                say("%s %s: %s → no longer used".formatted(source.kind(), source.name(), source.version()));
            } else if (asked.stream().noneMatch(need -> need.isMetBy(source))) {
                sources.add(source);
            }
        }
        LockRefresh refresh = new LockRefresh(images.sources(), accept, this::say);
        for (Need need : asked) {
            if (sources.stream().noneMatch(need::isMetBy)) { // as by a file for all platforms
                sources.add(refresh.lock(need, locked(images, need)));
            }
        }
        Lock lock = new Lock(sources);
        lock.write(checkout.root());
        if (asked.stream().anyMatch(Need.Go.class::isInstance)) {
            writeToolchain(checkout.root(), images.names(), lock.go().version());
        }
        return refresh.refused() == 0 ? 0 : 1;
    }

    /** Each go.mod names the toolchain for those who run go by hand. */
    private static void writeToolchain(Path root, List<String> names, String version) throws IOException {
        for (String name : names) {
            Path file = root.resolve("images").resolve(name).resolve("go.mod");
            if (Files.isRegularFile(file)) {
                String text = Files.readString(file);
                String now = text.replaceFirst("(?m)^toolchain go\\S+$", "toolchain go" + version);
                if (!now.equals(text)) {
                    Files.writeString(file, now);
                }
            }
        }
    }

    private static Optional<LockedSource> locked(Images images, Need need) {
        return images.lock().sources().stream().filter(need::isMetBy).findFirst();
    }

    /** What the images need for the wanted platforms, and for others what is locked already, so that all stay of one version. */
    private static Set<Need> asked(Images images, List<String> names) {
        Set<Need> asked = needs(images, names, images.platforms());
        needs(images, names, List.of(Platform.values())).stream()
                .filter(need -> locked(images, need).isPresent())
                .forEach(asked::add);
        return asked;
    }

    private static Set<Need> needs(Images images, List<String> names, List<Platform> platforms) {
        return names.stream()
                .flatMap(name -> images.recipe(name).layers().stream())
                .flatMap(layer -> platforms.stream().flatMap(platform -> Need.of(layer, platform)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
