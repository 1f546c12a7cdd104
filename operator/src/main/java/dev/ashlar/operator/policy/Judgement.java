package dev.ashlar.operator.policy;

import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.proof.Verdict;
import dev.ashlar.images.proof.Verdict.Result;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.NamedImage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found of one image, as the cluster keeps it.
 *
 * @param list the {@link KnownList} that it was judged by
 * @param broken the rules that the image breaks, each with where and why
 * @param waived the rules that it would break without a waiver, each with its reason
 */
record Judgement(NamedImage image, String list, SortedMap<String, String> broken, SortedMap<String, String> waived) {
    private static final String IMAGE = "image";
    private static final String LIST = "list";
    private static final String BROKEN = "broken.";
    private static final String WAIVED = "waived.";
    private static final int LENGTH = 40;

    static Judgement of(NamedImage image, KnownList list, Verdicts verdicts) {
        return new Judgement(
                image, list.id(), told(verdicts.verdicts(), Result.FAILED), told(verdicts.verdicts(), Result.WAIVED));
    }

    private static SortedMap<String, String> told(List<Verdict> verdicts, Result result) {
        SortedMap<String, String> told = new TreeMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict.result() == result) {
                String more = verdict.violations() > 1 ? " (and %d more)".formatted(verdict.violations() - 1) : "";
                String what = result == Result.WAIVED ? verdict.why() : verdict.where() + " " + verdict.why() + more;
                told.put(verdict.rule().label(), what.strip().replaceFirst("\\.$", ""));
            }
        }
        return told;
    }

    boolean isProven() {
        return broken.isEmpty();
    }

    /** What breaks a rule may be allowed by a newer list, and what is waived refused; a list only ever knows more images. */
    boolean isToBeMadeAnew(String current) {
        return !list.equals(current) && !(broken.isEmpty() && waived.isEmpty());
    }

    /** What holds one image in one repository: what an SBOM says of it may differ in another. */
    static String name(NamedImage image) {
        return "proof-"
                + Sha256.of(image.toString().getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
    }

    ConfigMap configMap(String namespace) {
        Map<String, String> data = new TreeMap<>(Map.of(IMAGE, image.toString(), LIST, list));
        broken.forEach((rule, why) -> data.put(BROKEN + rule, why));
        waived.forEach((rule, why) -> data.put(WAIVED + rule, why));
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(image))
                .withNamespace(namespace)
                .addToLabels(Labels.PROOF, Labels.VERDICT)
                .endMetadata()
                .withData(data)
                .build();
    }

    /** Reads what {@link #configMap} made. */
    static Judgement read(ConfigMap map) {
        Map<String, String> data = new TreeMap<>(map.getData());
        return new Judgement(
                NamedImage.parse(data.getOrDefault(IMAGE, "@")),
                data.getOrDefault(LIST, ""),
                under(BROKEN, data),
                under(WAIVED, data));
    }

    private static SortedMap<String, String> under(String prefix, Map<String, String> data) {
        SortedMap<String, String> found = new TreeMap<>();
        data.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
