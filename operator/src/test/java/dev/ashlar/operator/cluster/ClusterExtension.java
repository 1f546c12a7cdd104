package dev.ashlar.operator.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives integration tests a real cluster: a {@link KubernetesClient} and, by {@link TestNamespace}, a namespace of the class's own. */
public final class ClusterExtension implements ParameterResolver {
    private static final Namespace STORE = Namespace.create(ClusterExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KubernetesClient.class
                || parameter.isAnnotated(TestNamespace.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        KubernetesClient client = client(context);
        return parameter.isAnnotated(TestNamespace.class) ? namespace(client, context) : client;
    }

    private static KubernetesClient client(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(TestCluster.class, type -> TestCluster.ofEnvironment(), TestCluster.class)
                .client();
    }

    private static String namespace(KubernetesClient client, ExtensionContext context) {
        String name = "it-" + context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
        return ofClass(context)
                .getStore(STORE)
                .computeIfAbsent(name, key -> TemporaryNamespace.create(client, name), TemporaryNamespace.class)
                .name();
    }

    /** The context that ends with the test class, so that its pods make room for those of the next. */
    private static ExtensionContext ofClass(ExtensionContext context) {
        return context.getTestMethod().isPresent() ? ofClass(context.getParent().orElseThrow()) : context;
    }

    /** A namespace that goes with the last test of its class, and that the next run does not find still going. */
    record TemporaryNamespace(KubernetesClient client, String name) implements AutoCloseable {
        static TemporaryNamespace create(KubernetesClient client, String name) {
            var namespace = new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(name + "-")
                    .endMetadata()
                    .build();
            return new TemporaryNamespace(
                    client, client.resource(namespace).create().getMetadata().getName());
        }

        @Override
        public void close() {
            client.namespaces().withName(name).delete();
        }
    }
}
