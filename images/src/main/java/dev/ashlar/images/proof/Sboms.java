package dev.ashlar.images.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.untrusted.BlobInput;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.Manifests;
import dev.ashlar.images.proof.untrusted.PathTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds the SBOMs of an image among its referrers and reads what they say of files; several must not contradict. */
final class Sboms {
    static final String TYPE = "application/vnd.cyclonedx+json";
    private static final int MOST = 8;

    private final Documents documents;
    private final Findings findings;

    Sboms(Documents documents, Findings findings) {
        this.documents = documents;
        this.findings = findings;
    }

    /** Empty, with a finding, when there is none that can be read. */
    Optional<Accounting> of(String digest, PathTable paths) throws IOException {
        String where = "";
        try {
            List<Descriptor> artifacts = documents.source().referrers(digest, TYPE);
            if (artifacts.isEmpty() || artifacts.size() > MOST) {
                findings.add(
                        Rule.ACCOUNTED,
                        "",
                        artifacts.isEmpty()
                                ? "no SBOM refers to the image"
                                : "%d SBOMs refer to the image".formatted(artifacts.size()));
                return Optional.empty();
            }
            Accounting accounting = new Accounting(paths);
            for (Descriptor artifact : artifacts) {
                where = "SBOM " + artifact.digest();
                read(artifact, digest, accounting);
            }
            return Optional.of(accounting);
        } catch (Malformed broken) {
            findings.add(Rule.ACCOUNTED, where, broken.phrase());
            return Optional.empty();
        }
    }

    private void read(Descriptor artifact, String digest, Accounting accounting) throws IOException {
        JsonNode manifest = documents.read(artifact);
        if (!Manifests.text(manifest.get("subject"), "digest").equals(digest)) {
            throw new Malformed("refers to another image");
        }
        List<Descriptor> layers = Manifests.descriptors(manifest.get("layers"), "layers", 1);
        if (layers.isEmpty() || layers.getFirst().size() > documents.limits().sbom()) {
            throw new Malformed("is empty or larger than %d MiB"
                    .formatted(documents.limits().sbom() >> 20));
        }
        try (BlobInput sbom = documents.open(layers.getFirst())) {
            SbomReader.read(sbom, digest, accounting);
            sbom.finish();
        }
    }
}
