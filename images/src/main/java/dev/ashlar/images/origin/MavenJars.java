package dev.ashlar.images.origin;

import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Maven artifacts of an application that Quarkus packaged, which lists them in a file beside it. */
public final class MavenJars {
    private static final String LIST = "quarkus-app-dependencies.txt";
    private static final String OWN = "dev.ashlar";
    private static final Attributes.Name LICENCE = new Attributes.Name("Bundle-License");
    private static final Pattern IN_POM = Pattern.compile("<license>\\s*<name>([^<]+)</name>");

    /** By the name that Quarkus gives the jar. */
    private final Map<String, String[]> coordinates = new HashMap<>();

    private MavenJars() {}

    /** Empty when the folder is no such application. */
    public static Optional<MavenJars> of(Path application) throws IOException {
        Path list = application.resolve(LIST);
        if (!Files.isRegularFile(list)) {
            return Optional.empty();
        }
        MavenJars jars = new MavenJars();
        for (String line : Files.readAllLines(list)) {
            String[] fields = line.split(":", -1); // group:artifact:classifier:type:version
            if (fields.length == 5) {
                String classifier = fields[2].isEmpty() ? "" : "-" + fields[2];
                jars.coordinates.put(
                        "%s.%s-%s%s.%s".formatted(fields[0], fields[1], fields[4], classifier, fields[3]), fields);
            }
        }
        return Optional.of(jars);
    }

    /** Where a repository keeps the artifact that a jar of the application is; empty for what the tree itself made. */
    public Optional<String> path(Path jar) {
        String[] fields = coordinates.get(String.valueOf(jar.getFileName()));
        return fields == null || fields[0].equals(OWN)
                ? Optional.empty()
                : Optional.of("%s/%s/%s/%s"
                        .formatted(
                                fields[0].replace('.', '/'),
                                fields[1],
                                fields[4],
                                jar.getFileName().toString().substring(fields[0].length() + 1)));
    }

    /** The artifact that a jar of the application is; empty for what the build itself made. */
    public Optional<Source> artifact(Path jar) throws IOException {
        String[] fields = coordinates.get(String.valueOf(jar.getFileName()));
        if (fields == null) {
            return Optional.empty();
        }
        return Optional.of(Source.maven(fields[0], fields[1], fields[4], Sha256.of(jar), licences(jar)));
    }

    /** What the jar says of itself, so that it does not depend on what else this machine has. */
    private static List<String> licences(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String named =
                    manifest == null ? null : manifest.getMainAttributes().getValue(LICENCE);
            if (named != null) {
                return Arrays.stream(named.split(",(?! [Vv]ersion)"))
                        .map(one ->
                                one.replaceFirst(";.*", "").replace("\"", "").strip())
                        .filter(one -> !one.isEmpty())
                        .map(Spdx::idOf)
                        .toList();
            }
            return inPoms(jar);
        }
    }

    private static List<String> inPoms(JarFile jar) throws IOException {
        var poms = jar.stream()
                .filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.xml"))
                .toList();
        if (poms.size() != 1) {
            return List.of(); // none, or one that holds others
        }
        Matcher licences = IN_POM.matcher(new String(
                jar.getInputStream(poms.getFirst()).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        return licences.results().map(found -> Spdx.idOf(found.group(1))).toList();
    }
}
