package dev.ashlar.images.oci;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Sha256;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an image is made for: Linux on one kind of processor. */
public enum Platform {
    AMD64("amd64", "x86_64", 62),
    ARM64("arm64", "aarch64", 183);

    /** The environment variable that says for which platforms images are made. */
    public static final String VARIABLE = "PLATFORMS";

    private final String architecture;
    private final String machine;
    private final int elfMachine;

    Platform(String architecture, String machine, int elfMachine) {
        this.architecture = architecture;
        this.machine = machine;
        this.elfMachine = elfMachine;
    }

    /** The processor as OCI, Go and Debian call it. */
    public String architecture() {
        return architecture;
    }

    /** The processor as the kernel, C compilers and wheels call it. */
    public String machine() {
        return machine;
    }

    /** The processor in the header of an ELF file, {@code e_machine}. */
    public int elfMachine() {
        return elfMachine;
    }

    /** As OCI indexes write it. */
    SortedMap<String, String> fields() {
        return new TreeMap<>(Map.of("os", "linux", "architecture", architecture));
    }

    /** Whether an index lists this image for it. */
    public boolean isOf(Descriptor image) {
        return image.platform().entrySet().containsAll(fields().entrySet());
    }

    /** Makes this a part of a cache key; amd64 adds nothing, so that what was built before arm64 came is still found. */
    public void addTo(Sha256 inputs) {
        if (this != AMD64) {
            inputs.add("platform", toString());
        }
    }

    /** That of this machine. */
    public static Platform own() {
        String java = System.getProperty("os.arch");
        return Stream.of(values())
                .filter(platform -> platform.architecture.equals(java) || platform.machine.equals(java))
                .findFirst()
                .orElseThrow(() -> new BuildException(
                        "this machine's processor is %s; images are made on amd64 and arm64".formatted(java)));
    }

    /** Those of {@link #VARIABLE}, each once and always in the same order; this machine's own when it is absent. */
    public static List<Platform> wanted(Map<String, String> environment) {
        String value = environment.getOrDefault(VARIABLE, "").strip();
        if (value.isEmpty()) {
            return List.of(own());
        }
        Set<Platform> platforms = EnumSet.noneOf(Platform.class);
        for (String word : value.split(",")) {
            platforms.add(of(word.strip())
                    .orElseThrow(() -> new BuildException(
                            "%s names %s; write linux/amd64, linux/arm64, or both with a comma between"
                                    .formatted(VARIABLE, word))));
        }
        return List.copyOf(platforms);
    }

    static Optional<Platform> of(String name) {
        return Stream.of(values())
                .filter(platform -> platform.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return "linux/" + architecture;
    }
}
