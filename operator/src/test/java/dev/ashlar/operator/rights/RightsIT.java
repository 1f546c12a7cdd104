package dev.ashlar.operator.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.LocalOnly;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.namespace.NamespaceCommand;
import dev.ashlar.operator.validation.Kubectl;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/**
 * The rights that the operator has against those that it used since the cluster came up, by whatever test; it makes the operator do
 * everything once, so that it holds by itself too.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String IMAGE = "image: \"nowhere@sha256:" + "0".repeat(64) + "\"";
    /** Granted, and not to be seen in each run, with the reason. */
    private static final Map<Right, String> UNSEEN = Map.of(
            new Right("coordination.k8s.io", "leases", "create"), "the first operator of a cluster makes the lease",
            new Right("apps", "controllerrevisions", "list"), "asked for where a status was lost",
            new Right("coordination.k8s.io", "leases", "update"), "the operator's framework does not start without it");

    /** To ask what one may do, which the framework does before it elects a leader: granted to all who have a name. */
    private static final Right OF_EVERYBODY = new Right("authorization.k8s.io", "selfsubjectrulesreviews", "create");

    private final KubernetesClient client;
    private final String namespace;

    RightsIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Test
    void hasTheRightsThatItUsesAndNoOther() throws Exception {
        LocalOnly.assume();
        start();
        doEverything();
        Set<Right> granted = granted();

        // Where a namespace takes back the right to its Secrets, the watch may ask once more.
        assertThat(Requests.forbidden()).allMatch(right -> right.resource().equals("secrets"));
        await().atMost(PATIENCE).untilAsserted(() -> {
            Set<Right> used = Requests.used();
            used.remove(OF_EVERYBODY);
            assertThat(granted).containsAll(used);
            Set<Right> unused = new TreeSet<>(granted);
            unused.removeAll(used);
            unused.removeAll(UNSEEN.keySet());
            assertThat(unused).as("granted, and never used").isEmpty();
        });
    }

    /** A new operator lists and watches everything. */
    private void start() {
        client.pods()
                .inNamespace("ashlar-system")
                .withLabel("app.kubernetes.io/name", "operator")
                .delete();
    }

    private void doEverything() throws Exception {
        assertThat(new CommandLine(new NamespaceCommand()).execute(namespace)).isZero();
        apply("Service", "secretive", IMAGE + ", replicas: 0, env: [{name: TOKEN, secret: {name: none, key: token}}]");
        apply(
                "Service",
                "rights",
                IMAGE + ", replicas: 2, ports: [{name: http, port: 8080}], files: [{path: /etc/x, content: x}]");
        awaitThere("deployment/rights", "service/rights", "pdb/rights", "networkpolicy/rights");
        apply(
                "Service",
                "rights",
                IMAGE + ", stateful: true, replicas: 0, volumes: [{name: data, mountPath: /data, size: 1Gi}]");
        awaitThere("statefulset/rights");
        awaitGone("deployment/rights", "pdb/rights");
        apply("Service", "rights", IMAGE + ", perNode: {nodes: {no: node}}");
        awaitThere("daemonset/rights");
        awaitGone("statefulset/rights");
        apply("Service", "rights", IMAGE + ", schedule: {cron: \"0 0 1 1 *\"}");
        awaitThere("cronjob/rights");
        awaitGone("daemonset/rights");
        apply("Service", "rights", IMAGE + ", once: {}");
        awaitGone("cronjob/rights");
        apply("Service", "rights", IMAGE + ", replicas: 0");
        awaitThere("deployment/rights");
        apply("Service", "claim", IMAGE + ", replicas: 0, volumes: [{name: data, mountPath: /data, size: 1Gi}]");
        awaitThere("pvc/claim-data");
        String site = "domains: [{name: rights.example.org}], content: {" + IMAGE + ", replicas: 0}";
        apply("Site", "shop", site + ", services: [{name: extra, " + IMAGE + ", replicas: 0}]");
        awaitThere("asvc/shop-extra");
        apply("Site", "shop", site);
        awaitGone("asvc/shop-extra");
        reviseBeyondWhatIsKept();
    }

    /** Each revision has a ConfigMap of its own, and one of them is asked for again. */
    private void reviseBeyondWhatIsKept() throws Exception {
        for (int revision = 1; revision <= 11; revision++) {
            String newest = Integer.toString(revision);
            apply(
                    "Service",
                    "revised",
                    IMAGE + ", replicas: 0, files: [{path: /etc/x, content: \"%s\"}]".formatted(newest));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    kubectl("", "get", "asvc/revised", "-o", "jsonpath={.status.history[-1:].number}"))
                            .isEqualTo(newest));
        }
        kubectl("", "patch", "asvc/revised", "--type=merge", "-p", "{\"spec\":{\"rollbackTo\":5}}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kubectl(
                                "",
                                "get",
                                "asvc/revised",
                                "-o",
                                "jsonpath={.status.conditions[?(@.type==\"Ready\")].reason}"))
                        .isEqualTo("ImageGone"));
    }

    private void apply(String kind, String name, String spec) throws Exception {
        kubectl("""
            apiVersion: ashlar.dev/v1alpha1
            kind: %s
            metadata: {name: %s}
            spec: {%s}
            """.formatted(kind, name, spec), "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    private void awaitThere(String... objects) {
        Stream.of(objects).forEach(object -> awaitName(object, object.substring(object.indexOf('/') + 1)));
    }

    private void awaitGone(String... objects) {
        Stream.of(objects).forEach(object -> awaitName(object, ""));
    }

    private void awaitName(String object, String name) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                kubectl("", "get", object, "--ignore-not-found", "-o", "jsonpath={.metadata.name}"))
                        .isEqualTo(name));
    }

    private String kubectl(String input, String... arguments) throws Exception {
        return Kubectl.find().run(input, Kubectl.in(namespace, arguments));
    }

    /** Of every role that is bound to it, and of the one that namespaces bind to it. */
    private Set<Right> granted() {
        Stream<PolicyRule> everywhere = client.rbac().clusterRoleBindings().list().getItems().stream()
                .filter(binding -> isTheOperators(binding.getSubjects()))
                .flatMap(binding -> rules("", binding.getRoleRef()));
        Stream<PolicyRule> somewhere = client.rbac().roleBindings().inAnyNamespace().list().getItems().stream()
                .filter(binding -> isTheOperators(binding.getSubjects()))
                .flatMap(binding -> rules(binding.getMetadata().getNamespace(), binding.getRoleRef()));
        Set<Right> granted = new TreeSet<>();
        Stream.concat(everywhere, somewhere).flatMap(Right::of).forEach(granted::add);
        return granted;
    }

    private Stream<PolicyRule> rules(String namespace, RoleRef role) {
        return role.getKind().equals("ClusterRole")
                ? client.rbac().clusterRoles().withName(role.getName()).require().getRules().stream()
                : client.rbac().roles().inNamespace(namespace).withName(role.getName()).require().getRules().stream();
    }

    private static boolean isTheOperators(List<Subject> subjects) {
        return subjects.stream()
                .anyMatch(subject ->
                        subject.getName().equals("operator") && "ashlar-system".equals(subject.getNamespace()));
    }
}
