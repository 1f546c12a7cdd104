package dev.ashlar.images.proof;

import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.untrusted.BlobInput;
import dev.ashlar.images.proof.untrusted.LayerInput;
import dev.ashlar.images.proof.untrusted.Limits;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.PathTable;
import dev.ashlar.images.proof.untrusted.TarEntry;
import dev.ashlar.images.proof.untrusted.TarReader;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges the image of one platform: manifest and config, then its SBOM, then its layers from the highest down. */
final class ImageJudge {
    private static final Pattern USER = Pattern.compile("0*[1-9][0-9]{0,9}(:0*[1-9][0-9]{0,9})?");

    private final Documents documents;
    private final KnownImages known;
    private final Findings findings = new Findings();
    private long unpacked;
    private int entries;

    ImageJudge(Documents documents, KnownImages known) {
        this.documents = documents;
        this.known = known;
    }

    /** Throws a {@link Malformed} only when manifest or config cannot be read at all. */
    Verdicts judge(Descriptor manifest) throws IOException {
        ImageManifest image = ImageManifest.read(documents, manifest);
        Trust trust = Trust.of(image, known);
        trust.problem(image).ifPresent(why -> findings.add(Rule.FROM_SCRATCH, "", why));
        if (!isNumericNonRoot(image.user())) {
            findings.add(
                    Rule.NON_ROOT,
                    "",
                    image.user().isEmpty()
                            ? "the config names no user, which means root"
                            : "the config's user is %s, not a number other than 0".formatted(image.user()));
        }
        PathTable paths = new PathTable(documents.limits().paths());
        Optional<Accounting> accounting = new Sboms(documents, findings).of(image.digest(), paths);
        EntryRules rules = new EntryRules(findings, trust, new FileTree(paths), accounting);
        for (int layer = image.layers().size() - 1; layer >= 0; layer--) {
            judge(image, layer, rules);
        }
        return new Verdicts(
                documents.source().name(), image.digest(), trust.origin(), findings.verdicts(trust.allows()));
    }

    private void judge(ImageManifest image, int layer, EntryRules rules) throws IOException {
        Descriptor blob = image.layers().get(layer);
        Limits limits = documents.limits();
        try (BlobInput packed = documents.open(blob)) {
            LayerInput tar = LayerInput.open(packed, blob, limits, limits.unpacked() - unpacked);
            try {
                judge(new TarReader(tar), layer, rules);
                tar.finish(image.diffIds().get(layer));
            } finally {
                unpacked += tar.count();
            }
        } catch (Malformed broken) {
            findings.cutShort("layer %d (%s)".formatted(layer, blob.digest()), broken.phrase());
        }
    }

    private void judge(TarReader tar, int layer, EntryRules rules) throws IOException {
        for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            if (++entries > documents.limits().paths()) {
                throw new Malformed(
                        "has more than %d entries".formatted(documents.limits().paths()));
            }
            rules.judge(entry.get(), tar.content(), layer);
        }
    }

    private static boolean isNumericNonRoot(String user) {
        if (!USER.matcher(user).matches()) {
            return false;
        }
        for (String id : user.split(":")) {
            if (Long.parseLong(id) > Integer.MAX_VALUE) {
                return false; // beyond what the kernel takes, so that it may come out as root
            }
        }
        return true;
    }
}
