package dev.ashlar.images;

import dev.ashlar.images.host.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ashlar image build}: builds what is not yet built, one line each. */
@Command(name = "build", description = "Builds images and host programs that are not in the cache.")
final class BuildCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Folders in images/; all when none is given.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Images images = Images.open(Checkout.find());
        Progress progress = images.progress();
        List<String> unchanged = new ArrayList<>();
        for (String name : names.isEmpty() ? images.names() : names) {
            RecipeBuild build = images.build(name);
            if (build.isCached()) {
                unchanged.add(name);
            } else {
                build(name, build, progress);
            }
        }
        if (!unchanged.isEmpty()) {
            progress.say("✓ unchanged: %s", String.join(" ", unchanged));
        }
        return 0;
    }

    private static void build(String name, RecipeBuild build, Progress progress) throws IOException {
        progress.say("· %s: building", name);
        Instant start = Instant.now();
        String result;
        if (build.makesPrograms()) {
            result = "programs, " + Progress.size(sizeBelow(build.programs()));
        } else {
            BuiltImage image = build.image();
            result = image.digest().substring(0, "sha256:".length() + 12) + ", " + Progress.size(image.size());
        }
        progress.say("✓ %s: %s, %s", name, result, Progress.seconds(Duration.between(start, Instant.now())));
    }

    private static long sizeBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
