package dev.ashlar.images.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.images.host.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Strict YAML: an unknown field, a duplicate key or a wrong type is an error that names file, line and field. */
final class Yaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Yaml() {}

    static <T> T read(Path root, Path file, Class<T> type) {
        String name = root.relativize(file).toString();
        String text = text(name, file);
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new BuildException(name + " is empty; see another image's folder for an example");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new BuildException(name + line(e, text) + ": " + explain(e), e);
        }
    }

    private static String text(String name, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BuildException("cannot read %s: %s".formatted(name, e), e);
        }
    }

    /** Of a field the line that it begins in, since a mapping is read to its end before its fields are looked at. */
    private static String line(JsonProcessingException e, String text) {
        if (e instanceof JsonMappingException wrong && !wrong.getPath().isEmpty()) {
            return ", line " + YamlPath.line(text, wrong.getPath());
        }
        return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    }

    private static String explain(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "unknown field %s; known here: %s"
                        .formatted(
                                path(unknown),
                                unknown.getKnownPropertyIds().stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            case InvalidTypeIdException unknown -> "%s: %s".formatted(path(unknown), unknown.getOriginalMessage());
            case JsonMappingException wrong -> "%s: %s".formatted(path(wrong), wrong.getOriginalMessage());
            default -> e.getOriginalMessage();
        };
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
