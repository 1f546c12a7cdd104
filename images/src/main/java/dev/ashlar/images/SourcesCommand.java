package dev.ashlar.images;

import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ashlar image sources}: gathers everything that builds read into one folder. */
@Command(
        name = "sources",
        description =
                "Gathers every locked file, Go module and Maven artifact in one folder, from which `SOURCES=DIR make"
                        + " images` then builds without a network.")
final class SourcesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder; what is there and whole stays as it is.")
    private Path dir = Path.of("");

    @Override
    public Integer call() throws IOException {
        Images images = Images.open(Checkout.find().withRegistries());
        Progress progress = images.progress();
        SourceFolder folder = new SourceFolder(dir.toAbsolutePath().normalize());
        try (Gathering gathering = new Gathering(images, folder)) {
            gathering.locked();
            progress.say(
                    "✓ %d sources of images/lock.yaml", images.lock().sources().size());
            for (String name : images.namesWithThoseOnRequest()) {
                gathering.modules(name);
            }
            progress.say("✓ the Go modules of every image");
            gathering.artifacts();
            progress.say("✓ %d Maven artifacts", images.mavenLock().sha256().size());
        }
        progress.say("%s: %s; build from it with: SOURCES=%s make images", dir, size(folder.folder()), dir);
        return 0;
    }

    private static String size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return Progress.size(files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum());
        }
    }
}
