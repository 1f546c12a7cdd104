package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a feature watches what it makes: every object with our label, led back to its owner by that label and the owner reference. */
public final class Children {
    private Children() {}

    /** A watch of one kind of child. Both the label and the reference lead to the owner, since somebody may have changed either. */
    public static <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> watch(
            Class<R> kind, Class<? extends HasMetadata> ownerKind, Applier applier) {
        String owner = HasMetadata.getKind(ownerKind);
        String api = HasMetadata.getApiVersion(ownerKind);
        return InformerEventSourceConfiguration.from(kind, ownerKind)
                .withLabelSelector(Labels.OWNER)
                .withComparableResourceVersion(false)
                .withItemStore(new SharedStore<>())
                .withOnUpdateFilter((child, before) -> !applier.isOwn(child))
                .withSecondaryToPrimaryMapper(child -> owners(
                        child,
                        reference -> reference.getKind().equals(owner)
                                && reference.getApiVersion().equals(api)));
    }

    /** What the watch of this kind knows of one object. */
    @SuppressWarnings("unchecked")
    public static <R extends HasMetadata> Optional<R> cached(
            Context<? extends HasMetadata> context, Class<R> kind, String namespace, String name) {
        return ((Cache<R>) context.eventSourceRetriever().getEventSourceFor(kind)).get(new ResourceID(name, namespace));
    }

    private static Set<ResourceID> owners(HasMetadata child, Predicate<OwnerReference> isOwner) {
        String namespace = child.getMetadata().getNamespace();
        Stream<String> references = child.getMetadata().getOwnerReferences().stream()
                .filter(isOwner)
                .map(OwnerReference::getName);
        return Stream.concat(Labels.owner(child).stream(), references)
                .map(name -> new ResourceID(name, namespace))
                .collect(Collectors.toUnmodifiableSet());
    }
}
