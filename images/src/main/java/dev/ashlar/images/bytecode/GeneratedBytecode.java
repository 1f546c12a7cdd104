package dev.ashlar.images.bytecode;

import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Rewrites the jar of generated classes so that it depends on the sources alone; a second run changes nothing. */
public final class GeneratedBytecode {
    /** Of every entry; a zip tells local times, so that no time zone shows. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private GeneratedBytecode() {}

    /** Takes the path of a jar, which may be missing where Quarkus built nothing. */
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        if (Files.exists(jar)) {
            rewrite(jar);
        }
    }

    static void rewrite(Path jar) throws IOException {
        SortedMap<String, byte[]> entries = read(jar);
        Map<String, byte[]> stable = stable(entries);
        Path unfinished = Files.createTempFile(Folders.parent(jar), Folders.name(jar), ".new");
        write(stable, unfinished);
        if (Files.mismatch(unfinished, jar) < 0) {
            Files.delete(unfinished);
        } else {
            Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(jar));
            Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The same classes with stable numbers and orders, each of which the JVM takes. */
    static Map<String, byte[]> stable(SortedMap<String, byte[]> entries) {
        Classes classes = new Classes(entries);
        new ConfigClasses(classes).sort();
        new RequiredProperties(classes).sort();
        new Retries(classes).leaveOutFirstInterval();
        new RecordedKeys(classes).number();
        new Verification(entries, classes.entries()).check();
        return classes.entries();
    }

    private static SortedMap<String, byte[]> read(Path jar) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private static void write(Map<String, byte[]> entries, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            entries.forEach((name, content) -> {
                try {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTimeLocal(TIME);
                    zip.putNextEntry(entry);
                    zip.write(content);
                    zip.closeEntry();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
