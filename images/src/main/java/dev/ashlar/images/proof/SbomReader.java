package dev.ashlar.images.proof;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.ashlar.images.proof.untrusted.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/** Reads the files of a CycloneDX SBOM in JSON as it streams by, one component at a time. */
final class SbomReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1 << 20)
                    .build())
            .build();
    private static final String LINK = "ashlar:link";

    private final Accounting accounting;
    private final String digest;

    private SbomReader(Accounting accounting, String digest) {
        this.accounting = accounting;
        this.digest = digest;
    }

    /** Adds what the SBOM says of files; throws when it is none, or one of another image. */
    static void read(InputStream sbom, String digest, Accounting accounting) throws IOException {
        try (JsonParser parser = JSON.createParser(sbom)) {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            new SbomReader(accounting, digest).document(parser);
        } catch (JsonProcessingException e) {
            throw new Malformed("cannot be read (%s)".formatted(e.getOriginalMessage()), e);
        }
    }

    private void document(JsonParser parser) throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("components") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    component(parser);
                }
                expect(parser.currentToken(), JsonToken.END_ARRAY);
            } else if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
                metadata(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void metadata(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("component") && value == JsonToken.START_OBJECT) {
                subject(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void subject(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean version = parser.currentName().equals("version");
            parser.nextToken();
            if (version && !digest.equals(parser.getValueAsString())) {
                throw new Malformed("is of %s, not of this image".formatted(parser.getValueAsString()));
            }
            parser.skipChildren();
        }
    }

    /** One component; only those of type file count here. */
    private void component(JsonParser parser) throws IOException {
        String type = "";
        String name = "";
        String hash = "";
        String link = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "type" -> type = parser.getValueAsString("");
                case "name" -> name = parser.getValueAsString("");
                case "hashes" -> hash = valueOf(parser, "alg", "SHA-256", "content");
                case "properties" -> link = valueOf(parser, "name", LINK, "value");
                default -> parser.skipChildren();
            }
        }
        if (type.equals("file")) {
            add(name, hash, link);
        }
    }

    private void add(String name, String hash, String link) throws Malformed {
        if (!name.startsWith("/")) {
            throw new Malformed("names a file without its absolute path");
        }
        if (!link.isEmpty()) {
            accounting.link(name.substring(1), link);
        } else if (hash.matches("[0-9a-f]{64}")) {
            accounting.file(name.substring(1), HexFormat.of().parseHex(hash));
        } else {
            throw new Malformed("has no SHA-256 for %s".formatted(name));
        }
    }

    /** In an array of pairs, the value of the one whose key is wanted; the empty string when there is none. */
    private static String valueOf(JsonParser parser, String key, String wanted, String value) throws IOException {
        String found = "";
        expect(parser.currentToken(), JsonToken.START_ARRAY);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String keyFound = "";
            String valueFound = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                keyFound = field.equals(key) ? parser.getValueAsString("") : keyFound;
                valueFound = field.equals(value) ? parser.getValueAsString("") : valueFound;
                parser.skipChildren();
            }
            found = keyFound.equals(wanted) ? valueFound : found;
        }
        return found;
    }

    private static void expect(JsonToken found, JsonToken wanted) throws Malformed {
        if (found != wanted) {
            throw new Malformed("is no CycloneDX document");
        }
    }
}
