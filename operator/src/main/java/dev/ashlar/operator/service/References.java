package dev.ashlar.operator.service;

import dev.ashlar.crds.Access;
import dev.ashlar.crds.Service;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which Services name which others in their access: both ends learn when the other one comes, goes or changes its mind. */
final class References extends AbstractEventSource<Service, Service> implements ResourceEventAware<Service> {
    private static final String BY_NAMED = "by-named-service";

    private final IndexerResourceCache<Service> services;

    References(EventSourceContext<Service> context) {
        super(Service.class, "references");
        this.services = context.getPrimaryCache();
        services.addIndexer(
                BY_NAMED,
                service -> named(service).map(References::key).distinct().toList());
    }

    /** The names of the Services that name this one, in order. */
    List<String> usersOf(Service service) {
        return naming(service)
                .map(user -> user.getMetadata().getName())
                .filter(name -> !name.equals(service.getMetadata().getName()))
                .sorted()
                .toList();
    }

    /** The first name that leads nowhere. */
    Optional<String> missing(Service service) {
        return named(service)
                .filter(id -> services.get(id).isEmpty())
                .map(ResourceID::getName)
                .findFirst();
    }

    @Override
    public void onResourceCreated(Service service) {
        Stream.concat(named(service), naming(service).map(ResourceID::fromResource))
                .forEach(this::tell);
    }

    @Override
    public void onResourceUpdated(Service now, Service before) {
        List<ResourceID> after = named(now).toList();
        List<ResourceID> former = named(before).toList();
        if (!after.equals(former)) {
            Stream.concat(after.stream(), former.stream()).forEach(this::tell);
        }
    }

    @Override
    public void onResourceDeleted(Service service) {
        onResourceCreated(service);
    }

    @Override
    public Set<Service> getSecondaryResources(Service service) {
        return Set.of();
    }

    private void tell(ResourceID service) {
        if (services.get(service).isPresent()) {
            Objects.requireNonNull(getEventHandler()).handleEvent(new Event(service));
        }
    }

    private Stream<Service> naming(Service service) {
        return services.byIndex(BY_NAMED, key(ResourceID.fromResource(service))).stream();
    }

    private static Stream<ResourceID> named(Service service) {
        Access access = service.getSpec() == null ? null : service.getSpec().access();
        if (access == null) {
            return Stream.empty();
        }
        Stream<Optional<String>> from = orNone(access.from()).map(source -> name(source.service(), source.site()));
        Stream<Optional<String>> to = orNone(access.to()).map(target -> name(target.service(), target.site()));
        return Stream.concat(from, to)
                .flatMap(Optional::stream)
                .map(name -> new ResourceID(name, service.getMetadata().getNamespace()));
    }

    private static Optional<String> name(@Nullable String service, @Nullable String site) {
        return Optional.ofNullable(service).map(name -> site == null ? name : site + "-" + name);
    }

    private static <T> Stream<T> orNone(@Nullable List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    private static String key(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }
}
