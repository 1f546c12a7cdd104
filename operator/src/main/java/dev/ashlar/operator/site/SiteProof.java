package dev.ashlar.operator.site;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Whether all images of a Site are proven, as its Services say. */
final class SiteProof {
    private SiteProof() {}

    static Stage stage(Site site, SequencedMap<String, Service> services) {
        List<Proof> proofs = services.values().stream()
                .flatMap(service -> Proof.of(service).stream())
                .toList();
        List<Proof> wrong = proofs.stream()
                .filter(proof -> proof.proven().status().equals("False"))
                .toList();
        boolean told = wrong.stream().noneMatch(Proof::isInTheWay);
        if (!wrong.isEmpty()) {
            return new Stage(Stage.PROVEN, outcome(wrong, told), told);
        }
        List<Proof> open = proofs.stream()
                .filter(proof -> proof.proven().status().equals("Unknown"))
                .toList();
        if (!open.isEmpty()) {
            return new Stage(Stage.PROVEN, new Outcome.Waiting(reason(open.getFirst()), message(open)), true);
        }
        return proofs.size() < services.size()
                ? new Stage(Stage.PROVEN, proving(site), true)
                : new Stage(Stage.PROVEN, new Outcome.Done("All images are proven."));
    }

    /** What its Service says of one image. */
    private record Proof(Condition proven, Condition ready) {
        static Optional<Proof> of(Service service) {
            return SiteHealth.current(service)
                    .flatMap(status -> Conditions.find(status.conditions(), Stage.PROVEN)
                            .flatMap(proven -> Conditions.find(status.conditions(), Conditions.READY)
                                    .map(ready -> new Proof(proven, ready))));
        }

        /** A stage that is only told of does not make Ready false. */
        boolean isInTheWay() {
            return ready.status().equals("False") && ready.reason().equals(proven.reason());
        }

        boolean isOnItsWay() {
            return SiteReason.valueOf(proven.reason()) == SiteReason.Proving
                    || SiteReason.valueOf(proven.reason()) == SiteReason.NotJudged;
        }
    }

    /** What only an edit helps speaks first. */
    private static Outcome outcome(List<Proof> wrong, boolean told) {
        List<Proof> speaking =
                wrong.stream().filter(proof -> told || proof.isInTheWay()).toList();
        return speaking.stream()
                .filter(proof -> !proof.isOnItsWay())
                .findFirst()
                .<Outcome>map(proof -> new Outcome.Stalled(reason(proof), message(speaking)))
                .orElseGet(() -> new Outcome.Waiting(reason(speaking.getFirst()), message(speaking)));
    }

    private static SiteReason reason(Proof proof) {
        return SiteReason.valueOf(proof.proven().reason());
    }

    private static String message(List<Proof> proofs) {
        return proofs.stream().map(proof -> proof.proven().message()).collect(Collectors.joining(" "));
    }

    private static Outcome proving(Site site) {
        return new Outcome.Waiting(
                SiteReason.Proving,
                "The images of Site %s are being proven."
                        .formatted(site.getMetadata().getName()));
    }
}
