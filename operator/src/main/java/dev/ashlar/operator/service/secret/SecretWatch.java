package dev.ashlar.operator.service.secret;

import dev.ashlar.crds.SecretKey;
import dev.ashlar.crds.Service;
import dev.ashlar.operator.kube.Changes;
import dev.ashlar.operator.kube.FirstLists;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.TrimmedStore;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches Secrets in the namespaces where it may, and leads each change to the Services that use the Secret. */
public final class SecretWatch extends AbstractEventSource<Secret, Service> {
    private final KubernetesClient client;
    private final Cache<Service> services;
    private final Map<String, SharedIndexInformer<Secret>> watched = new ConcurrentHashMap<>();
    private @Nullable SharedIndexInformer<RoleBinding> grants;

    public SecretWatch(EventSourceContext<Service> context) {
        super(Secret.class, "secrets");
        this.client = context.getClient();
        this.services = context.getPrimaryCache();
        setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
    }

    /** Whether the Secrets of the namespace are known. */
    boolean mayRead(String namespace) {
        SharedIndexInformer<Secret> secrets = watched.get(namespace);
        return secrets != null && secrets.hasSynced();
    }

    /** The Secret with its keys and without its values. */
    Optional<Secret> find(String namespace, String name) {
        return Optional.ofNullable(watched.get(namespace))
                .map(secrets -> secrets.getStore().getByKey(namespace + "/" + name));
    }

    /** Knows what is there before the first Service is looked at, so that a restart changes nothing. */
    @Override
    public void start() {
        super.start();
        grants = client.rbac()
                .roleBindings()
                .inAnyNamespace()
                .withLabel(Labels.SECRETS)
                .inform(new Changes<>(
                        binding -> watch(binding.getMetadata().getNamespace()),
                        binding -> {},
                        binding -> forget(binding.getMetadata().getNamespace())));
        FirstLists.await(grants.getStore().list().stream()
                .map(binding -> watch(binding.getMetadata().getNamespace()))
                .toList());
    }

    @Override
    public void stop() {
        super.stop();
        if (grants != null) {
            grants.stop();
        }
        watched.keySet().forEach(this::forget);
    }

    @Override
    public Set<Secret> getSecondaryResources(Service service) {
        return Set.of();
    }

    /** Done when the Secrets are known; it fails when the right to them is taken back before. */
    private CompletableFuture<Void> watch(String namespace) {
        SharedIndexInformer<Secret> secrets = watched.computeIfAbsent(namespace, this::informer);
        try {
            return secrets.start().toCompletableFuture().thenRun(() -> tell(namespace, used -> true));
        } catch (IllegalStateException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    /** A right that was just given may take a moment to count; until then the list is tried again. */
    private SharedIndexInformer<Secret> informer(String namespace) {
        return client.secrets()
                .inNamespace(namespace)
                .runnableInformer(0)
                .itemStore(new TrimmedStore<>(KnownSecret::trimmed))
                .exceptionHandler((started, trouble) -> true)
                .addEventHandler(new Changes<>(this::tell, this::tell));
    }

    private void forget(String namespace) {
        SharedIndexInformer<Secret> secrets = watched.remove(namespace);
        if (secrets != null) {
            secrets.stop();
            tell(namespace, used -> true);
        }
    }

    private void tell(Secret secret) {
        String name = secret.getMetadata().getName();
        tell(secret.getMetadata().getNamespace(), used -> used.name().equals(name));
    }

    private void tell(String namespace, Predicate<SecretKey> changed) {
        services.list(service -> namespace.equals(service.getMetadata().getNamespace()))
                .filter(service -> service.getSpec() != null)
                .map(ServicePlan::of)
                .filter(plan -> plan.secretKeys().stream().anyMatch(changed))
                .map(plan -> new Event(ResourceID.fromResource(plan.owner())))
                .forEach(event -> Objects.requireNonNull(getEventHandler()).handleEvent(event));
    }
}
