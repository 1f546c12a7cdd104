package dev.ashlar.operator.policy;

import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.connection.DeployedImages;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.kube.TrimmedStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the cluster keeps of proofs: the verdicts, and the list of known images that new ones are made by. */
final class Judgements implements ResourceEventHandler<ConfigMap> {
    private static final Logger LOG = Logger.getLogger(Judgements.class);
    /** Each takes some KiB at most; beyond this the oldest that nothing asks for goes when a new one comes. */
    private static final int MOST = 2000;

    private final KubernetesClient client;
    private final Consumer<String> changed;
    private final Map<NamedImage, Judgement> all = new ConcurrentHashMap<>();
    private final Map<String, NamedImage> proven = new ConcurrentHashMap<>();
    private volatile @Nullable KnownList list;
    private @Nullable SharedIndexInformer<ConfigMap> watched;

    /** @param changed told of the digest whose verdict is another one now, or is to be made anew */
    Judgements(KubernetesClient client, Consumer<String> changed) {
        this.client = client;
        this.changed = changed;
    }

    /** Returns when all are known. */
    void start() {
        watched = client.configMaps()
                .inNamespace(ClusterRegistry.NAMESPACE)
                .withLabel(Labels.PROOF)
                .runnableInformer(0)
                .itemStore(new TrimmedStore<>(Judgements::trimmed))
                .exceptionHandler((started, trouble) -> true)
                .addEventHandler(this);
        watched.start().toCompletableFuture().join();
        stored().forEach(this::onAdd); // the informer's own calls come a moment later
    }

    void stop() {
        if (watched != null) {
            watched.stop();
        }
    }

    /** The verdict on the image: that of its own repository, or of any other in which the same image is proven. */
    Optional<Judgement> find(NamedImage image) {
        Judgement own = all.get(image);
        return own != null && own.isProven()
                ? Optional.of(own)
                : Optional.ofNullable(proven.get(image.digest())).map(all::get).or(() -> Optional.ofNullable(own));
    }

    boolean isToBeMadeAnew(Judgement judgement) {
        KnownList current = list;
        return current != null && judgement.isToBeMadeAnew(current.id());
    }

    KnownList list() throws IOException {
        KnownList current = list;
        if (current == null) {
            throw new IOException(
                    "ConfigMap %s/%s, which says what images this cluster trusts, is not there or damaged; run `make deploy`"
                            .formatted(ClusterRegistry.NAMESPACE, DeployedImages.NAME));
        }
        return current;
    }

    /** @param isAskedFor whether anything names an image with this digest */
    void keep(Judgement judgement, Predicate<String> isAskedFor) {
        client.resource(judgement.configMap(ClusterRegistry.NAMESPACE))
                .fieldManager(Labels.MANAGER)
                .forceConflicts()
                .serverSideApply();
        put(judgement);
        if (all.size() > MOST) {
            forgetOne(isAskedFor);
        }
    }

    private void forgetOne(Predicate<String> isAskedFor) {
        List<String> needed = all.keySet().stream()
                .filter(image -> isAskedFor.test(image.digest()))
                .map(Judgement::name)
                .toList();
        stored().stream()
                .filter(map -> !isTheList(map))
                .filter(map -> !needed.contains(map.getMetadata().getName()))
                .min(Comparator.comparing(map -> map.getMetadata().getCreationTimestamp()))
                .ifPresent(map -> client.resource(map).delete());
    }

    private List<ConfigMap> stored() {
        return watched == null ? List.of() : watched.getStore().list();
    }

    @Override
    public void onAdd(ConfigMap map) {
        if (isTheList(map)) {
            read(map);
        } else {
            put(Judgement.read(map));
        }
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap map) {
        onAdd(map);
    }

    @Override
    public void onDelete(ConfigMap map, boolean unknown) {
        all.keySet().stream()
                .filter(image -> Judgement.name(image).equals(map.getMetadata().getName()))
                .findFirst()
                .ifPresent(image -> {
                    all.remove(image);
                    proven.remove(image.digest(), image);
                    changed.accept(image.digest());
                });
    }

    private static boolean isTheList(ConfigMap map) {
        return map.getMetadata().getName().equals(DeployedImages.NAME);
    }

    private void put(Judgement judgement) {
        if (judgement.equals(all.put(judgement.image(), judgement))) {
            return;
        }
        if (judgement.isProven()) {
            proven.put(judgement.image().digest(), judgement.image());
        } else {
            proven.remove(judgement.image().digest(), judgement.image());
        }
        changed.accept(judgement.image().digest());
    }

    private void read(ConfigMap map) {
        try {
            list = KnownList.read(map.getData().getOrDefault(DeployedImages.KEY, ""));
            all.values().stream()
                    .filter(this::isToBeMadeAnew)
                    .forEach(judgement -> changed.accept(judgement.image().digest()));
        } catch (IllegalArgumentException damaged) {
            LOG.errorf("kind=ConfigMap name=%s: %s", DeployedImages.NAME, damaged.getMessage());
        }
    }

    /** Who wrote which field is as long as the verdict. */
    private static ConfigMap trimmed(ConfigMap map) {
        return map.edit().editMetadata().withManagedFields().endMetadata().build();
    }
}
