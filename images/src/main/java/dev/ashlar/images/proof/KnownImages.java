package dev.ashlar.images.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a judgement trusts: the images that the tree built, and what each is allowed. Made from {@code images/*}{@code
 * /image.yaml} and the digests that they build to; kept outside of every image, since the operator's own is in it.
 */
public record KnownImages(List<KnownImage> images) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, null))
            .build();

    public static final KnownImages NONE = new KnownImages(List.of());

    public KnownImages {
        images = List.copyOf(images);
    }

    /** This list with the image of a layout that the tree built, and what its recipe allows. */
    public KnownImages with(String name, Layout layout, Map<String, String> allows) throws IOException {
        return new KnownImages(KnownImage.of(name, layout, allows)).over(this);
    }

    /** Reads the JSON that {@link #json} wrote; throws an {@link IllegalArgumentException} that says what is wrong. */
    public static KnownImages read(String json) {
        try {
            return JSON.readValue(json, KnownImages.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a list of known images: " + e.getOriginalMessage(), e);
        }
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** This list and what the older one has besides: what once was built by the tree and still runs stays known. */
    public KnownImages over(KnownImages older) {
        Map<String, KnownImage> all = new TreeMap<>();
        older.images().forEach(image -> all.put(image.digest(), image));
        images.forEach(image -> all.put(image.digest(), image));
        return new KnownImages(all.values().stream()
                .sorted(Comparator.comparing(KnownImage::name).thenComparing(KnownImage::digest))
                .toList());
    }

    Optional<KnownImage> image(String digest) {
        return images.stream().filter(image -> image.digest().equals(digest)).findFirst();
    }

    /** The known image with the most layers of which all are the lowest of these. */
    Optional<KnownImage> base(List<String> layers) {
        return images.stream()
                .filter(image -> image.isBelow(layers))
                .max(Comparator.comparingInt(image -> image.layers().size()));
    }
}
