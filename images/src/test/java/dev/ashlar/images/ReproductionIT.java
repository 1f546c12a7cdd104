package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds images of the checkout a second time, in other surroundings. Minutes when it is the first time on a machine, a second
 * when the verdict on the same inputs is known. All images and host programs: {@code make reproduce}.
 */
class ReproductionIT {
    private static final Checkout CHECKOUT = Checkout.find();

    /** One image of each kind of layer: c, go, files, base, deb, wheel; and the operator, with a Maven build of its own. */
    private static final Set<String> OF_EACH_KIND = Set.of("pause", "nginx", "health", "git-doc", "uvicorn", "ashlar");

    private static final Reproduction REPRODUCTION = new Reproduction(CHECKOUT, Images.open(CHECKOUT));
    private static final Reproduction FOR_ANOTHER_PROCESSOR =
            new Reproduction(CHECKOUT, Images.open(CHECKOUT, List.of(Platform.ARM64)));

    @TempDir
    private Path root = Path.of("");

    @AfterAll
    static void close() {
        REPRODUCTION.close();
        FOR_ANOTHER_PROCESSOR.close();
    }

    /** Those that late commits touched and one of each kind: CI has 90 minutes on a machine that may never have built anything. */
    static List<String> images() throws IOException, InterruptedException {
        Images images = Images.open(CHECKOUT);
        Set<String> touched = touched();
        return images.names().stream()
                .filter(name -> !images.build(name).makesPrograms())
                .filter(name -> touched.contains(name) || OF_EACH_KIND.contains(name))
                .toList();
    }

    /** The folders of images/ that the commits of the last day changed. */
    private static Set<String> touched() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "log", "--since=1.day", "--format=", "--name-only", "--", "images")
                .directory(CHECKOUT.root().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var files = git.inputReader()) {
            Set<String> folders = files.lines()
                    .map(Path::of)
                    .filter(file -> file.getNameCount() > 2)
                    .map(file -> file.getName(1).toString())
                    .collect(Collectors.toSet());
            assertThat(git.waitFor()).as("git log").isZero();
            return folders;
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void hasTheSameDigestAgainFromEmptyCachesInOtherSurroundings(String name) {
        assertThat(difference(REPRODUCTION, name)).isEmpty();
    }

    /** One of each kind that is compiled; all others of these kinds are made in the same way. */
    @ParameterizedTest
    @ValueSource(strings = {"pause", "health"})
    void hasTheSameDigestAgainForAnotherProcessor(String name) {
        assertThat(difference(FOR_ANOTHER_PROCESSOR, name)).isEmpty();
    }

    private static Optional<String> difference(Reproduction reproduction, String name) {
        return reproduction.isKnown(name) ? Optional.empty() : reproduction.difference(name);
    }

    @Test
    void namesTheFileThatHoldsWhatAScriptReadOfItsSurroundings() throws IOException {
        List<String> stamps =
                List.of("date +%s%N", "date +%Y", "hostname", "id -u", "umask", "pwd", "echo $JOBS", "stat -c %Y $0");
        String given = "date +%Z; locale; echo $SOURCE_DATE_EPOCH"; // the same ones by every build
        try (Reproduction reproduction =
                stamped(Stream.concat(Stream.of(given), stamps.stream()).toList())) {
            assertThat(reproduction.difference("stamp-0")).isEmpty();
            for (int i = 0; i < stamps.size(); i++) {
                assertThat(reproduction.difference("stamp-" + (i + 1)).orElse("the same"))
                        .as(stamps.get(i))
                        .startsWith("layer 0 differs: /stamp is sha256:")
                        .contains(", then sha256:")
                        .containsPattern("; from byte [0-9]+ on: ([0-9a-f]+|the end), then ([0-9a-f]+|the end)");
            }
        }
    }

    /** Images named stamp-0 and so on, of what these commands print. */
    private Reproduction stamped(List<String> commands) throws IOException {
        Path images = Files.createDirectories(root.resolve("images"));
        Files.copy(CHECKOUT.root().resolve(Lock.FILE), root.resolve(Lock.FILE));
        Folders.copy(CHECKOUT.root().resolve("images/elsewhere"), images.resolve(Elsewhere.NAME), file -> true);
        for (int i = 0; i < commands.size(); i++) {
            Path folder = Files.createDirectories(images.resolve("stamp-" + i));
            Files.writeString(
                    folder.resolve("image.yaml"), "description: A stamp.\nlayers: [{c: {script: build.sh}}]\n");
            Files.writeString(
                    folder.resolve("build.sh"),
                    "echo same > $OUT/good\n{ %s; } > $OUT/stamp\n".formatted(commands.get(i)));
        }
        Checkout checkout = new Checkout(root, CHECKOUT.cache());
        return new Reproduction(checkout, Images.open(checkout));
    }
}
