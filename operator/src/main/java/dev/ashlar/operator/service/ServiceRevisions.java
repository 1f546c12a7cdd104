package dev.ashlar.operator.service;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceRevision;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.operator.history.Applicant;
import dev.ashlar.operator.history.Asked;
import dev.ashlar.operator.history.Course;
import dev.ashlar.operator.history.KeptFiles;
import dev.ashlar.operator.history.Revisioned;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.kube.Suspension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a revision of a Service without a Site is. */
final class ServiceRevisions implements Revisioned<ServiceSpec> {
    static Asked<ServiceSpec> asked(Service service) {
        ServiceSpec spec = service.getSpec();
        String name = service.getMetadata().getName();
        return new Asked<>(
                Applicant.isScaled(service) ? spec.scaled(null) : spec.unsteered(),
                Map.of(name, NamedImage.digest(spec.image())),
                KeptFiles.name(name, spec.files()).stream().toList(),
                new Asked.Wish(spec.rollbackTo(), false, Suspension.isSuspended(service)));
    }

    /** The Service as if what is to run were its spec; where nothing can, the spec is only told of. The number of pods stays where a scaler has it. */
    static Service on(Course<ServiceSpec> course, Service service, Optional<ServiceStatus> status) {
        ServiceSpec revision =
                course.partly().map(Course.Return::spec).or(course::spec).orElseGet(service::getSpec);
        boolean scaled = Applicant.isScaled(service)
                && revision.perNode() == null
                && revision.schedule() == null
                && revision.once() == null;
        Service as = new Service();
        as.setMetadata(service.getMetadata());
        as.setStatus(status.orElse(null));
        as.setSpec((scaled ? revision.scaled(service.getSpec().replicas()) : revision)
                .suspended(service.getSpec().suspend()));
        return as;
    }

    /** The label of the pods that all answered last. */
    static Optional<String> answered(Service service) {
        return Optional.ofNullable(service.getStatus())
                .map(ServiceStatus::revision)
                .map(ServiceRevision::template);
    }

    @Override
    public Class<ServiceSpec> type() {
        return ServiceSpec.class;
    }

    @Override
    public List<String> images(ServiceSpec spec) {
        return List.of(spec.image());
    }

    @Override
    public boolean usesSecrets(ServiceSpec spec) {
        return Stream.concat(
                        spec.env().stream().map(entry -> entry.secret()),
                        spec.files().stream().map(file -> file.secret()))
                .anyMatch(secret -> secret != null);
    }

    @Override
    public Set<String> goBack(ServiceSpec failed, ServiceSpec good, List<String> services) {
        return failed.schedule() == null && failed.once() == null ? new TreeSet<>(services) : Set.of();
    }
}
