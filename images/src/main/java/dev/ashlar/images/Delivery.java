package dev.ashlar.images;

import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.provenance.Provenance;
import dev.ashlar.images.provenance.Tree;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.sbom.Sbom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings an image into a registry together with its bill of materials and its provenance. */
public final class Delivery {
    private Delivery() {}

    /**
     * Pushes what the registry lacks and returns the number of bytes sent, 0 when the image was the last one pushed. What is
     * said of an image goes before its manifest, and images before their index, so that an image which is there was pushed whole.
     */
    public static long push(BuiltImage image, Registry registry) {
        return registry.push(
                new Layout(image.layout()),
                () -> image.images().stream()
                        .flatMap(each -> missing(each, registry).stream())
                        .toList());
    }

    /** The bill of materials is the same each time; the provenance is of the first push, since it names a commit. */
    private static List<Artifact> missing(BuiltImage image, Registry registry) {
        List<Artifact> missing = new ArrayList<>(List.of(attachedSbom(image)));
        if (registry.referrers(image.digest(), Optional.of(Provenance.TYPE)).isEmpty()) {
            missing.add(artifact(
                    image,
                    Provenance.TYPE,
                    provenance(image),
                    Map.of("in-toto.io/predicate-type", Provenance.PREDICATE_TYPE)));
        }
        return missing;
    }

    private static Artifact artifact(BuiltImage image, String type, byte[] document, Map<String, String> annotations) {
        try {
            return Artifact.of(new Layout(image.layout()).descriptor(), type, document, annotations);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read image " + image.name(), e);
        }
    }

    /** The bill of materials as it is attached to the image. */
    static Artifact attachedSbom(BuiltImage image) {
        return artifact(image, Sbom.TYPE, sbom(image), Map.of());
    }

    static byte[] sbom(BuiltImage image) {
        return Sbom.of(image.name(), image.digest(), image.origins());
    }

    static byte[] provenance(BuiltImage image) {
        SortedMap<String, String> parameters = new TreeMap<>();
        image.recipe()
                .ifPresentOrElse(
                        recipe -> parameters.put("recipe", recipe), () -> parameters.put("content", image.name()));
        parameters.put("platform", platform(image).toString());
        return Provenance.of(
                new Provenance.Build(image.name(), image.digest(), parameters),
                image.origins().sources().values(),
                Tree.of(Checkout.find().root()));
    }

    private static Platform platform(BuiltImage image) {
        try {
            return new Layout(image.layout()).config().platform();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read image " + image.name(), e);
        }
    }
}
