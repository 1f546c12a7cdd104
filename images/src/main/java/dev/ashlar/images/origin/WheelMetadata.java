package dev.ashlar.images.origin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** The licences that a wheel's METADATA names: its expression, else its classifiers. */
public final class WheelMetadata {
    private static final String EXPRESSION = "License-Expression: ";
    private static final String CLASSIFIER = "Classifier: License :: ";

    private WheelMetadata() {}

    public static List<String> licences(Path wheel) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            var metadata = zip.stream()
                    .filter(entry -> entry.getName().matches("[^/]+\\.dist-info/METADATA"))
                    .findFirst();
            if (metadata.isEmpty()) {
                return List.of();
            }
            return licences(new String(zip.getInputStream(metadata.get()).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static List<String> licences(String metadata) {
        List<String> classifiers = new ArrayList<>();
        for (String line : metadata.lines().toList()) {
            if (line.isEmpty()) {
                break; // what follows is the description
            }
            if (line.startsWith(EXPRESSION)) {
                return List.of(Spdx.idOf(line.substring(EXPRESSION.length())));
            }
            if (line.startsWith(CLASSIFIER)) {
                classifiers.add(Spdx.idOf(line.substring("Classifier: ".length())));
            }
        }
        return classifiers.stream().sorted().distinct().toList();
    }
}
