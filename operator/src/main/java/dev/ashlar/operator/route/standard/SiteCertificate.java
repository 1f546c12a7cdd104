package dev.ashlar.operator.route.standard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.route.RouteReason;
import java.util.List;
import java.util.Optional;

/** The Certificate of one Site: cert-manager keeps what is issued in a Secret of the same name, which a listener of the Gateway may name. */
final class SiteCertificate {
    private SiteCertificate() {}

    /** @param issuer the name of a ClusterIssuer */
    static Certificate of(Site owner, List<String> names, String issuer) {
        Certificate certificate = new Certificate();
        certificate.setMetadata(Labels.child(owner, owner.getMetadata().getName() + "-tls"));
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("secretName", certificate.getMetadata().getName());
        names.forEach(spec.putArray("dnsNames")::add);
        spec.putObject("issuerRef")
                .put("group", "cert-manager.io")
                .put("kind", "ClusterIssuer")
                .put("name", issuer);
        certificate.setSpec(spec);
        return certificate;
    }

    /** What cert-manager tells of it. */
    static Outcome judge(Certificate live, Parent parent) {
        String name = live.getMetadata().getName();
        Optional<JsonNode> ready = condition(live, "Ready");
        if (ready.filter(condition -> condition.path("status").asText().equals("True"))
                .isPresent()) {
            return new Outcome.Done("The certificate is in Secret %s, for a listener of %s to name, until %s."
                    .formatted(name, parent, live.getStatus().path("notAfter").asText("it is renewed")));
        }
        return condition(live, "Issuing")
                .filter(condition -> condition.path("reason").asText().equals("Failed"))
                .map(condition -> new Outcome.Waiting(
                        RouteReason.NotIssued,
                        "Certificate %s was not issued, which cert-manager tries again by itself: %s"
                                .formatted(name, condition.path("message").asText())))
                .orElseGet(() -> new Outcome.Waiting(
                        RouteReason.Issuing,
                        "Certificate %s is asked for; details: `kubectl -n %s describe certificate %s`."
                                .formatted(name, live.getMetadata().getNamespace(), name)));
    }

    private static Optional<JsonNode> condition(Certificate live, String type) {
        JsonNode status = live.getStatus() == null ? MissingNode.getInstance() : live.getStatus();
        return status.path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals(type))
                .filter(condition -> live.getMetadata()
                        .getGeneration()
                        .equals(condition.path("observedGeneration").asLong()))
                .findFirst();
    }
}
