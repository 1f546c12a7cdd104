package dev.ashlar.images.fetch;

import dev.ashlar.images.host.BuildException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** A jar of the application that Quarkus wrote anew without some entries of the artifact; path: the artifact's in a repository. */
record PackagedJar(String path, Path jar) {
    /** By artifact, the one entry that is left out: the operator takes the JDK's HTTP client. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "io/fabric8/kubernetes-httpclient-vertx/",
            "META-INF/services/io.fabric8.kubernetes.client.http.HttpClient$Factory");

    static boolean isRewritten(String path) {
        return LEFT_OUT.keySet().stream().anyMatch(path::startsWith);
    }

    /** Throws when it is not the artifact without that entry, byte by byte of each other one. */
    void requireMadeOf(Path artifact) throws IOException {
        try (JarFile made = new JarFile(jar.toFile());
                JarFile whole = new JarFile(artifact.toFile())) {
            for (ZipEntry entry : made.stream().toList()) {
                ZipEntry original = whole.getEntry(entry.getName());
                if (original == null || !Arrays.equals(content(made, entry), content(whole, original))) {
                    throw differs(entry.getName() + " is not the artifact's");
                }
            }
            for (ZipEntry entry : whole.stream().toList()) {
                if (made.getEntry(entry.getName()) == null && !LEFT_OUT.containsValue(entry.getName())) {
                    throw differs(entry.getName() + " is missing");
                }
            }
        }
    }

    private BuildException differs(String what) {
        return new BuildException(
                "%s is not what Quarkus makes of Maven artifact %s: %s; build it again with: make clean build"
                        .formatted(jar, path, what));
    }

    private static byte[] content(JarFile jar, ZipEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
