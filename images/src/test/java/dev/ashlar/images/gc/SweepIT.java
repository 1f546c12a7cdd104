package dev.ashlar.images.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.oci.RandomImage;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real registry program, swept while others push. */
class SweepIT {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String TYPE = "text/plain";

    @TempDir
    static Path folder;

    private static RegistryProgram program;
    private static Upkeep upkeep;

    @BeforeAll
    static void start() throws Exception {
        program = RegistryProgram.start(folder);
        upkeep = new Upkeep(program.upkeep());
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
    }

    @Test
    void pushesThroughoutSweepsLoseNothing() throws Exception {
        AtomicBoolean pushing = new AtomicBoolean(true);
        try (ExecutorService pushers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Layout>>> pushed = List.of(
                    pushers.submit(pusher("pushed/one", pushing)), pushers.submit(pusher("pushed/two", pushing)));
            int deleted = 0;
            for (int i = 0; i < 12; i++) {
                // The pushers send the same layers, so that each sweep takes away what a push may just have found
                // there.
                Layout old = image("old-" + i, i);
                try (Registry registry = new Registry(program.target("pushed/one"))) {
                    registry.push(old);
                }
                age("pushed/one", old);
                List<Stored> unneeded =
                        Selection.of(upkeep.inventory(), Set.of(), HOUR).unneeded();
                deleted += upkeep.sweep(unneeded, HOUR).deleted().size();
            }
            pushing.set(false);
            assertThat(deleted).isPositive();
            assertThat(whole("pushed/one", pushed.get(0).get())).isPositive();
            assertThat(whole("pushed/two", pushed.get(1).get())).isPositive();
        }
    }

    @Test
    void whatIsAttachedGoesWithItsImageAndTheBytesAreFreed() throws Exception {
        Layout kept = image("kept", 100);
        Layout gone = image("gone", 101);
        try (Registry registry = new Registry(program.target("attached"))) {
            for (Layout image : List.of(kept, gone)) {
                registry.push(image);
                registry.push(note(image, "first"));
                registry.push(note(image, "second"));
            }
            upkeep.inventory().forEach(stored -> age(stored.repository(), stored.digest()));
            Selection selection =
                    Selection.of(inventory("attached"), Set.of(kept.descriptor().digest()), HOUR);
            Upkeep.Swept swept = upkeep.sweep(selection.unneeded(), HOUR);

            // The image, two notes, their list, and of each image the former list.
            assertThat(swept.deleted()).hasSize(6);
            assertThat(swept.freed()).isEqualTo(selection.reclaimable());
            assertThat(registry.head(gone.descriptor().digest())).isEmpty();
            assertThat(registry.referrers(gone.descriptor().digest(), Optional.empty()))
                    .isEmpty();
            assertThat(registry.referrers(kept.descriptor().digest(), Optional.of(TYPE)))
                    .hasSize(2);
        }
        assertThat(whole("attached", List.of(kept))).isOne();
    }

    @Test
    void whatSomeoneAskedForSinceTheSelectionIsSpared() throws Exception {
        Layout image = image("asked", 200);
        try (Registry registry = new Registry(program.target("asked"))) {
            registry.push(image);
            age("asked", image);
            List<Stored> unneeded =
                    Selection.of(inventory("asked"), Set.of(), HOUR).unneeded();
            assertThat(unneeded).hasSize(1);
            assertThat(registry.push(image)).isZero();
            assertThat(upkeep.sweep(unneeded, HOUR).spared()).hasSize(1);
        }
        assertThat(whole("asked", List.of(image))).isOne();
    }

    @Test
    void theImagesBelowAnIndexThatSomeoneAskedForAreSparedWithIt() throws Exception {
        List<Layout> images = List.of(image("below-1", 210), image("below-2", 211));
        Layout index = Layout.write(folder.resolve("layout-index"), images);
        try (Registry registry = new Registry(program.target("index"))) {
            registry.push(index);
            upkeep.inventory().forEach(stored -> age(stored.repository(), stored.digest()));
            List<Stored> unneeded =
                    Selection.of(inventory("index"), Set.of(), HOUR).unneeded();
            assertThat(unneeded).hasSize(3);
            assertThat(registry.push(index)).isZero(); // which asks for the index alone
            assertThat(upkeep.sweep(unneeded, HOUR).spared()).hasSize(3);
        }
        assertThat(whole("index", images)).isEqualTo(2);
    }

    @Test
    void twoWhoAttachAtOnceBothSucceed() throws Exception {
        Layout image = image("both", 300);
        try (Registry registry = new Registry(program.target("both"));
                ExecutorService pushers = Executors.newVirtualThreadPerTaskExecutor()) {
            registry.push(image);
            List<Callable<Long>> notes = IntStream.range(0, 12)
                    .<Callable<Long>>mapToObj(i -> () -> registry.push(note(image, "note " + i)))
                    .toList();
            for (Future<Long> sent : pushers.invokeAll(notes)) {
                assertThat(sent.get()).isPositive();
            }
            assertThat(registry.referrers(image.descriptor().digest(), Optional.of(TYPE)))
                    .hasSize(12);
        }
    }

    private static Callable<List<Layout>> pusher(String repository, AtomicBoolean pushing) {
        return () -> {
            List<Layout> pushed = new ArrayList<>();
            try (Registry registry = new Registry(program.target(repository))) {
                for (int i = 0; pushing.get(); i++) {
                    Layout image = image(repository.replace('/', '-') + "-" + i, i);
                    registry.push(image);
                    pushed.add(image);
                }
            }
            return pushed;
        };
    }

    private static Layout image(String name, int seed) throws IOException {
        return RandomImage.write(folder, name, seed, 200_000);
    }

    private static Artifact note(Layout image, String text) throws IOException {
        return Artifact.of(image.descriptor(), TYPE, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static void age(String repository, Layout image) throws IOException {
        age(repository, image.descriptor().digest());
    }

    private static void age(String repository, String digest) {
        try {
            Files.setLastModifiedTime(
                    program.link(repository, digest),
                    FileTime.from(Instant.now().minus(HOUR.multipliedBy(2))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Stored> inventory(String repository) {
        return upkeep.inventory().stream()
                .filter(stored -> stored.repository().equals(repository))
                .toList();
    }

    /** Reads every byte of these images, whose digests are checked on the way; returns their number. */
    private static int whole(String repository, List<Layout> images) throws IOException {
        try (Registry registry = new Registry(program.target(repository))) {
            for (Layout image : images) {
                registry.manifest(image.descriptor().digest());
                for (Descriptor blob : image.manifest().blobs()) {
                    try (InputStream content = registry.blob(blob)) {
                        content.transferTo(OutputStream.nullOutputStream());
                    }
                }
            }
        }
        return images.size();
    }
}
