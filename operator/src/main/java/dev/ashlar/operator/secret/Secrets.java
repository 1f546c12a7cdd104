package dev.ashlar.operator.secret;

import dev.ashlar.operator.kube.Changes;
import dev.ashlar.operator.kube.FirstLists;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.TrimmedStore;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches Secrets in the namespaces where it may, for all who use some. */
@Singleton
public final class Secrets implements SecretReader {
    private final KubernetesClient client;
    private final Map<String, SharedIndexInformer<Secret>> watched = new ConcurrentHashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable SharedIndexInformer<RoleBinding> grants;

    /**
     * What is other than before.
     *
     * @param name of the Secret; empty when it is whether those of the namespace may be read
     */
    public record Change(String namespace, Optional<String> name) {
        /** Whether a Secret of the namespace may be another one now. */
        public boolean concerns(String secret) {
            return name.isEmpty() || name.get().equals(secret);
        }
    }

    @Inject
    public Secrets(KubernetesClient client) {
        this.client = client;
    }

    /** @param listener is told of every change; it is to listen before the start */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Knows what is there before anybody asks, so that a restart changes nothing; nothing happens when it was started. */
    public synchronized void start() {
        if (grants != null) {
            return;
        }
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

    /** Ends what the start began. */
    public synchronized void stop() {
        if (grants != null) {
            grants.stop();
            grants = null;
            watched.keySet().forEach(this::forget);
        }
    }

    @Override
    public boolean mayRead(String namespace) {
        SharedIndexInformer<Secret> secrets = watched.get(namespace);
        return secrets != null && secrets.hasSynced();
    }

    /** The Secret with its keys and without its values. */
    public Optional<Secret> find(String namespace, String name) {
        return Optional.ofNullable(watched.get(namespace))
                .map(secrets -> secrets.getStore().getByKey(namespace + "/" + name));
    }

    @Override
    public Optional<Map<String, String>> values(String namespace, String name) {
        return Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get())
                .map(secret -> decoded(secret.getData()));
    }

    private static Map<String, String> decoded(@Nullable Map<String, String> data) {
        Map<String, String> values = new TreeMap<>();
        if (data != null) {
            data.forEach((key, value) -> values.put(key, decoded(value)));
        }
        return values;
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    /** Done when the Secrets are known; it fails when the right to them is taken back before. */
    private CompletableFuture<Void> watch(String namespace) {
        SharedIndexInformer<Secret> secrets = watched.computeIfAbsent(namespace, this::informer);
        try {
            return secrets.start().toCompletableFuture().thenRun(() -> tell(new Change(namespace, Optional.empty())));
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
            tell(new Change(namespace, Optional.empty()));
        }
    }

    private void tell(Secret secret) {
        var metadata = secret.getMetadata();
        tell(new Change(metadata.getNamespace(), Optional.of(metadata.getName())));
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
