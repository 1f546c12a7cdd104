package dev.ashlar.operator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.oci.ImageConfig;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.connection.ClusterRegistry;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a workload fails that one node can show, side by side: one reason and one sentence for each. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NOWHERE = "nowhere@sha256:" + "0".repeat(64);

    /** What the cases need of their namespace: pod security, no room at a low priority, and a claim of a class that is not there. */
    private static final String PREMISES = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: NAMESPACE, labels: {pod-security.kubernetes.io/enforce: restricted}}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: no-low, namespace: NAMESPACE}
        spec:
          hard: {pods: "0"}
          scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [ashlar-low]}]}
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: folders, namespace: NAMESPACE}
        spec:
          limits: [{type: Container, default: {ephemeral-storage: 200Mi}, defaultRequest: {ephemeral-storage: 1Mi}}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: claim-data, namespace: NAMESPACE, labels: {ashlar.dev/owner: claim, ashlar.dev/kept-for: Service}}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: no-such-class
          resources: {requests: {storage: 1Mi}}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: NAMESPACE-gone}
        spec:
          accessModes: [ReadWriteOnce]
          capacity: {storage: 1Mi}
          storageClassName: ""
          claimRef: {namespace: NAMESPACE, name: gone-away}
          hostPath: {path: /no/such/folder, type: Directory}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: gone-away, namespace: NAMESPACE}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: ""
          resources: {requests: {storage: 1Mi}}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: NAMESPACE-no-nines}
        spec:
          matchConstraints:
            resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods, configmaps]}]
          validations:
          - expression: "has(object.spec) ? !object.spec.containers.exists(c, has(c.args) && c.args == ['9']) : !('nine' in object.data)"
            message: nobody runs nines
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: NAMESPACE-no-nines}
        spec:
          policyName: NAMESPACE-no-nines
          validationActions: [Deny]
          matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}}
        """;

    private static final List<Case> CASES = List.of(
            new Case(
                    "missing",
                    "ImageUnavailable",
                    "Image " + NOWHERE + " of Service missing is not found in the registry",
                    "image: " + NOWHERE),
            new Case("foreign", "WrongArchitecture", "is not made for the processor of node", "image: INDEX"),
            new Case(
                    "binary",
                    "Crashing",
                    "ended with exit code 255; see why: `kubectl -n NAMESPACE logs binary-",
                    "image: MANIFEST"),
            new Case(
                    "nothing",
                    "CannotStart",
                    "its command is not a program of the image",
                    "{image: PYTHON, command: [/nope]}"),
            new Case(
                    "hollow",
                    "CannotStart",
                    "The image of Service hollow names no program to start; name one in spec.command.",
                    "image: HOLLOW"),
            new Case(
                    "crash",
                    "Crashing",
                    "ended with exit code 7; see why: `kubectl -n NAMESPACE logs crash-",
                    python("raise SystemExit(7)")),
            new Case(
                    "memory",
                    "OutOfMemory",
                    "Service memory needs more memory than its 32Mi",
                    "resources: {memory: 32Mi}\n" + python("x = b'x' * 10**9")),
            new Case("answer", "NotReady", "GET /healthz on port http: it answers with status 503;", """
                ports: [{name: http, port: 8080}]
                health: {path: /healthz, port: http}
                """ + python("""
                    from http.server import *
                    class Answer(BaseHTTPRequestHandler):
                        def do_GET(self):
                            self.send_response(503)
                            self.end_headers()
                            self.wfile.write(b'token=secret')
                    HTTPServer(('', 8080), Answer).serve_forever()
                    """)),
            new Case(
                    "silent",
                    "NotReady",
                    "a connection to port http: nothing listens there;",
                    "ports: [{name: http, port: 8080}]\n" + python("import time; time.sleep(600)")),
            new Case(
                    "check",
                    "NotReady",
                    "fails its check, `/usr/bin/python3.11 -c print('secret'); exit(1)`: the command ",
                    """
                        health: {exec: [/usr/bin/python3.11, -c, "print('secret'); exit(1)"]}
                        """ + python("import time; time.sleep(600)")),
            new Case(
                    "large",
                    "NoRoom",
                    "No node has enough memory (it reserves 900Gi) for a pod of Service large",
                    "{image: PYTHON, resources: {memory: 900Gi}}"),
            new Case(
                    "busy",
                    "NoRoom",
                    "No node has enough cpu (it reserves 900)",
                    "{image: PYTHON, resources: {cpu: \"900\"}}"),
            new Case(
                    "nodes",
                    "NoNode",
                    "label one: `kubectl label node NAME disk=of-gold`",
                    "{image: PYTHON, perNode: {nodes: {disk: of-gold}}}"),
            new Case(
                    "claim",
                    "ClaimUnbound",
                    "Claim claim-data of Service claim, 1Mi, has no volume: there is no storage class no-such-class",
                    "{image: PYTHON, volumes: [{name: data, mountPath: /data, size: 1Mi}]}"),
            new Case(
                    "mounts",
                    "ClaimUnbound",
                    "A claim that Service mounts mounts is not there",
                    "{image: PYTHON, volumes: [{name: data, mountPath: /data, claim: gone}]}"),
            new Case(
                    "mount",
                    "VolumeUnavailable",
                    "Node ashlar cannot mount volume NAMESPACE-gone for Service mount",
                    "{image: PYTHON, volumes: [{name: data, mountPath: /data, claim: gone-away}]}"),
            new Case(
                    "policy",
                    "PodsRefused",
                    "ValidatingAdmissionPolicy NAMESPACE-no-nines refuses the pods of Service policy (nobody runs nines)",
                    "{image: PYTHON, args: [\"9\"]}"),
            new Case(
                    "quota",
                    "QuotaExceeded",
                    "Quota no-low of namespace NAMESPACE, pods=0, leaves no room for a pod of Service quota, pods=1",
                    "{image: PYTHON, priority: low}"),
            new Case(
                    "quota-set",
                    "QuotaExceeded",
                    "Quota no-low of namespace NAMESPACE",
                    "{image: PYTHON, priority: low, replicas: 1, stateful: true}"),
            new Case(
                    "quota-node",
                    "QuotaExceeded",
                    "Quota no-low of namespace NAMESPACE",
                    "{image: PYTHON, priority: low, perNode: {controlPlane: true}}"),
            new Case(
                    "quota-once",
                    "QuotaExceeded",
                    "Quota no-low of namespace NAMESPACE",
                    "{image: PYTHON, priority: low, once: {}}"),
            new Case(
                    "root",
                    "PodsRefused",
                    "Namespace NAMESPACE enforces the pod security standard restricted, which the pods of Service root violate",
                    "{image: PYTHON, allow: [{what: user, value: 0, reason: to be refused}]}"),
            new Case(
                    "secret",
                    "NoAccessToSecrets",
                    "let it: `ashlar namespace NAMESPACE`",
                    "{image: PYTHON, env: [{name: TOKEN, secret: {name: api, key: token}}]}"),
            new Case(
                    "once",
                    "RunFailed",
                    "Service once ended with exit code 3 in its run; see why: `kubectl -n NAMESPACE logs job/once-",
                    "once: {}\n" + python("raise SystemExit(3)")),
            new Case(
                    "slow",
                    "DeadlinePassed",
                    "Service slow was not done by its deadline, 1 s",
                    "once: {deadline: 1s}\n" + python("import time; time.sleep(600)")),
            new Case(
                    "step",
                    "StepFailed",
                    "exit code 4 in its step first",
                    """
                        before: [{name: first, args: [-c, raise SystemExit(4)]}]
                        """ + python("import time; time.sleep(600)")),
            new Case(
                    "disk",
                    "DiskFull",
                    "Service disk wrote more into its folder /tmp than that holds",
                    python("""
                        import time
                        open('/tmp/much', 'wb').write(b'x' * 10**8)
                        time.sleep(600)
                        """) + "resources: {memory: 256Mi}\n"),
            new Case(
                    "folders",
                    "DiskFull",
                    "Service folders wrote more than 200Mi into its folders and its log, a limit of its namespace",
                    python("""
                        import time
                        open('/many/much', 'wb').write(b'x' * 3 * 10**8)
                        time.sleep(600)
                        """)
                            + "resources: {memory: 512Mi}\nvolumes: [{name: many, mountPath: /many, temporary: 1Gi}]\n"));

    private final TestServices services;
    private long applied;

    TroubleIT(KubernetesClient client, @TestNamespace String namespace) {
        services = new TestServices(client, namespace);
    }

    /**
     * A Service in trouble, which has the case's name.
     *
     * @param words the essential part of the sentence
     */
    record Case(String name, String reason, String words, String spec) {
        String yaml() {
            return """
                    apiVersion: ashlar.dev/v1alpha1
                    kind: Service
                    metadata: {name: %s}
                    spec:
                    %s""".formatted(name, spec.indent(2));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void applyAll(@TempDir Path folder) throws IOException {
        var python = Images.open(Checkout.find()).image("python");
        var arm = Images.open(Checkout.find(), List.of(Platform.ARM64)).image("pause");
        var index =
                image("pause", Layout.write(folder.resolve("index"), List.of(new Layout(arm.layout()))), List.of(arm));
        var hollow = image(
                "hollow",
                Layout.write(
                        folder.resolve("hollow"),
                        new Layout.Parts(
                                Platform.own(),
                                List.of(new Layout(python.layout())),
                                List.of(),
                                ImageConfig.Run.DEFAULT)),
                List.of());
        python.origins().write(hollow.layout());
        try (ClusterRegistry registry = ClusterRegistry.open(services.client())) {
            registry.push(python);
            registry.push(arm);
            registry.push(index);
            registry.push(hollow);
        }
        services.kubectl(premises(), "apply", "--server-side", "-f", "-");
        awaitPolicy();
        String all = CASES.stream()
                .map(Case::yaml)
                .collect(Collectors.joining("---\n"))
                .replace("NAMESPACE", services.namespace())
                .replace("PYTHON", "python@" + python.digest())
                .replace("MANIFEST", "pause@" + arm.digest())
                .replace("HOLLOW", "hollow@" + hollow.digest())
                .replace("INDEX", "pause@" + index.digest());
        services.kubectl(all, "apply", "--server-side", "-f", "-");
        applied = System.nanoTime();
    }

    @AfterAll
    void removeWhatIsInNoNamespace() {
        services.kubectl(
                "",
                "delete",
                "validatingadmissionpolicy,validatingadmissionpolicybinding,pv",
                services.namespace() + "-no-nines",
                services.namespace() + "-gone",
                "--ignore-not-found",
                "--wait=false");
    }

    private static BuiltImage image(String name, Layout layout, List<BuiltImage> below) throws IOException {
        return new BuiltImage(name, layout.descriptor().digest(), layout.folder(), Optional.empty(), below);
    }

    private String premises() {
        return PREMISES.replace("NAMESPACE", services.namespace());
    }

    /** The API server takes some seconds to know of a new policy. */
    private void awaitPolicy() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> services.kubectl(
                                "", "create", "configmap", "nine", "--from-literal=nine=9", "--dry-run=server"))
                        .hasMessageContaining("nobody runs nines"));
    }

    static Stream<Case> everyCase() {
        return CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("everyCase")
    void explains(Case each) {
        await().atMost(left())
                .untilAsserted(() -> assertThat(services.ready(each.name())).hasValueSatisfying(ready -> {
                    assertThat(ready.message())
                            .contains(each.words().replace("NAMESPACE", services.namespace()))
                            .doesNotContain("token=secret");
                    assertThat(ready.reason()).isEqualTo(each.reason());
                    assertThat(ready.status()).isEqualTo("False");
                }));
    }

    /** All cases were applied together, and none waits for longer than the others. */
    private Duration left() {
        Duration left = PATIENCE.minusNanos(System.nanoTime() - applied);
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }

    /** The part of a spec that runs this program. */
    private static String python(String program) {
        return "image: PYTHON\nargs:\n- -c\n- |\n" + program.indent(2);
    }
}
