package dev.ashlar.operator.namespace;

import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a namespace in which Services wait for their Secrets, or makes one that is there so. */
@Command(
        name = "namespace",
        description = "Makes a namespace for Sites: in it the operator may read Secrets, so that Services wait for them"
                + " and roll when one changes.")
public final class NamespaceCommand implements Callable<Integer> {
    /** The field manager of what a person does by this command, who may be another one the next time. */
    private static final String MANAGER = "ashlar-namespace";

    private static final Map<String, String> ENFORCED =
            Map.of(Labels.POLICY, Labels.ENFORCE, "pod-security.kubernetes.io/enforce", "restricted");

    @Parameters(paramLabel = "NAME", description = "The name of the namespace.")
    private String name = "";

    @Option(
            names = "--enforce",
            description =
                    "Also enforce the rules: Sites name a contact, no Service has an exception to the rules for pods,"
                            + " every image is proven, and pods keep the pod security standard restricted.")
    private boolean enforce;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (KubernetesClient client = Connection.open()) {
            List.of(namespace(), grant()).forEach(object -> apply(client, object));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "namespace %s: Services wait for their Secrets%s%n", name, enforce ? "; the rules are enforced" : "");
        out.flush();
        return 0;
    }

    private Namespace namespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(enforce ? ENFORCED : Map.of())
                .endMetadata()
                .build();
    }

    private RoleBinding grant() {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withName("ashlar-secrets")
                .withNamespace(name)
                .withLabels(Map.of(Labels.SECRETS, "read"))
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "ashlar-secrets")
                .addNewSubject(null, "ServiceAccount", "operator", "ashlar-system")
                .build();
    }

    private static void apply(KubernetesClient client, HasMetadata object) {
        client.resource(object).fieldManager(MANAGER).forceConflicts().serverSideApply();
    }
}
