package dev.ashlar.images.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
    private static final Wanted WANTED = new Wanted("web", "0123456789abcdef".repeat(4), 1);

    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger builds = new AtomicInteger();
    private final List<String> said = new ArrayList<>();
    private BuildCache cache = new BuildCache(Path.of(""), new Progress(said::add));

    @BeforeEach
    void open() {
        cache = new BuildCache(folder.resolve("build"), new Progress(said::add));
    }

    private Path get() {
        return cache.get(WANTED, (content, work) -> {
            builds.incrementAndGet();
            Files.writeString(Files.createDirectories(content.resolve("sub")).resolve("file"), "right");
            Files.writeString(work.resolve("temporary"), "x");
        });
    }

    @Test
    void buildsOnce() throws IOException {
        Path entry = get();
        assertThat(get()).isEqualTo(entry);
        assertThat(builds).hasValue(1);
        assertThat(entry.resolve("sub/file")).hasContent("right");
        assertThat(cache.findReadingAll(WANTED)).contains(entry);
        try (var left = Files.list(folder.resolve("build"))) {
            assertThat(left.map(path -> path.getFileName().toString().replaceFirst("^[^.]*", "")))
                    .containsExactlyInAnyOrder("", ".list", ".lock");
        }
    }

    @Test
    void buildsAnewWhenAFileWasChangedEvenWithSizeAndTimePutBack() throws IOException {
        Path file = get().resolve("sub/file");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "wrong");
        Files.setLastModifiedTime(file, time);
        assertThat(get().resolve("sub/file")).hasContent("right");
        assertThat(builds).hasValue(2);
        assertThat(said).anyMatch(line -> line.startsWith("web: its cached files were changed (sub/file has "));
    }

    @Test
    void buildsAnewWhenAFileIsMissingOrTooMany() throws IOException {
        Files.delete(get().resolve("sub/file"));
        Files.writeString(get().resolve("more"), "x");
        get();
        assertThat(builds).hasValue(3);
    }

    @Test
    void buildsAnewWhenTheListIsCutOff() throws IOException {
        Path entry = get();
        Path list = entry.resolveSibling(entry.getFileName() + ".list");
        Files.writeString(list, Files.readString(list).substring(0, 40));
        get();
        assertThat(builds).hasValue(2);
    }

    @Test
    void keepsAnEntryWhoseInodeMovedButWhoseContentDidNot() throws IOException {
        Path file = get().resolve("sub/file");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        get();
        get();
        assertThat(builds).hasValue(1);
    }

    @Test
    void takesNothingOfAFailedBuildForFinished() throws IOException {
        assertThatThrownBy(() -> cache.get(WANTED, (content, work) -> {
                    Files.writeString(content.resolve("half"), "x");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "no space left on %s, 1 MiB needed at least; free some or set XDG_CACHE_HOME to a larger disk"
                                .formatted(folder.resolve("build")));
        assertThat(cache.find(WANTED)).isEmpty();
        assertThat(get().resolve("half")).doesNotExist();
    }

    @Test
    void removesOtherVersionsThatWereNotUsedForLong() throws IOException {
        Path used = get();
        Path forgotten = cache.get(new Wanted("web", "f".repeat(64), 1), (content, work) -> {});
        Path other = cache.get(new Wanted("web.0-c", "f".repeat(64), 1), (content, work) -> {});
        for (Path entry : List.of(forgotten, other)) {
            Files.setLastModifiedTime(entry.resolveSibling(entry.getFileName() + ".list"), FileTime.fromMillis(1));
        }
        cache.get(new Wanted("web", "a".repeat(64), 1), (content, work) -> {});
        assertThat(forgotten).doesNotExist();
        assertThat(used).isDirectory();
        assertThat(other).isDirectory();
    }

    @Test
    void refusesToStartWithoutRoom() {
        assertThatThrownBy(() -> cache.get(new Wanted("web", WANTED.inputs(), 1L << 40), (content, work) -> {}))
                .hasMessageContaining("no space left on");
    }
}
