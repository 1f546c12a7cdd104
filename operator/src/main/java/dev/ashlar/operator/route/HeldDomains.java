package dev.ashlar.operator.route;

import dev.ashlar.crds.Domain;
import java.util.List;
import java.util.Optional;

/** The domains that a Site asks for, has and is served at in this environment, in its own order. */
public record HeldDomains(List<Domain> all) {
    /** The one that others redirect to. */
    public Optional<String> canonical() {
        return all.stream()
                .map(Domain::name)
                .filter(name -> !name.startsWith("*"))
                .findFirst();
    }

    /** Whether the Site answers at a domain itself. */
    public boolean isServed(Domain domain) {
        return Boolean.TRUE.equals(domain.serve())
                || canonical().map(domain.name()::equals).orElse(true);
    }
}
