package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds images of the checkout a second time. Minutes when it is the first time on a machine, a second when the
 * verdict on the same inputs is known. Host programs: {@code ashlar image verify --reproduce}. The image {@code ashlar} is
 * made twice of one Quarkus application.
 */
class ReproductionIT {
    private static final Checkout CHECKOUT = Checkout.find();

    /** One image of each kind of layer: c, go, files, base, deb, wheel. */
    private static final Set<String> OF_EACH_KIND = Set.of("pause", "nginx", "health", "git-doc", "uvicorn");

    /** All of them; in CI, which has 90 minutes on a machine that may never have built anything, those that late commits touched and one of each kind. */
    static List<String> images() throws IOException, InterruptedException {
        Images images = Images.open(CHECKOUT);
        Set<String> wanted = "true".equals(System.getenv("CI")) ? touched() : Set.copyOf(images.names());
        return images.names().stream()
                .filter(name -> !images.build(name).makesPrograms())
                .filter(name -> wanted.contains(name) || OF_EACH_KIND.contains(name))
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
    void hasTheSameDigestAgainFromEmptyCachesInAnotherFolder(String name) {
        try (Reproduction reproduction = new Reproduction(CHECKOUT, Images.open(CHECKOUT))) {
            assertThat(reproduction.difference(name)).isEmpty();
        }
    }

    /** One of each kind that is compiled; all others of these kinds are made in the same way. */
    @ParameterizedTest
    @ValueSource(strings = {"pause", "health"})
    void hasTheSameDigestAgainForAnotherProcessor(String name) {
        Images images = Images.open(CHECKOUT, List.of(Platform.ARM64));
        try (Reproduction reproduction = new Reproduction(CHECKOUT, images)) {
            assertThat(reproduction.difference(name)).isEmpty();
        }
    }

    @Test
    void noticesAnInjectedTimeStampAndNamesTheFile(@TempDir Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve("images/stamped"));
        Files.copy(CHECKOUT.root().resolve(Lock.FILE), root.resolve(Lock.FILE));
        Files.writeString(
                folder.resolve("image.yaml"), "description: Holds a time stamp.\nlayers: [{c: {script: build.sh}}]\n");
        Files.writeString(folder.resolve("build.sh"), "echo same > $OUT/good\ndate +%s%N > $OUT/stamp\n");
        Checkout checkout = new Checkout(root, CHECKOUT.cache());
        try (Reproduction reproduction = new Reproduction(checkout, Images.open(checkout))) {
            assertThat(reproduction.difference("stamped").orElseThrow())
                    .startsWith("layer 0 differs: /stamp is sha256:")
                    .contains(", then sha256:")
                    .containsPattern("; from byte [0-9]+ on: [0-9a-f]+, then [0-9a-f]+");
        }
    }
}
