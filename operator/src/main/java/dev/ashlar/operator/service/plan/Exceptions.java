package dev.ashlar.operator.service.plan;

import dev.ashlar.crds.Allowance;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The exceptions to the rules for pods that a spec allows. */
public record Exceptions(List<Allowance> allowed) {
    private static final int USER = 65532;

    /** The number that the containers run as. */
    public long user() {
        return of(Allowance.What.USER)
                .map(allowance -> allowance.getIntVal().longValue())
                .findFirst()
                .orElse((long) USER);
    }

    public List<String> capabilities() {
        return texts(Allowance.What.CAPABILITY);
    }

    public boolean writableRoot() {
        return allowed.stream().anyMatch(each -> each.what() == Allowance.What.WRITABLE_ROOT);
    }

    /** Folders of the node that the containers read at the same path. */
    public List<String> nodeFolders() {
        return texts(Allowance.What.NODE_FOLDER);
    }

    /** Whose token the containers get. */
    public Optional<String> serviceAccount() {
        return texts(Allowance.What.SERVICE_ACCOUNT).stream().findFirst();
    }

    /** One line for each, as a status shows it: {@code user 1000: upstream writes as uid 1000}. */
    public List<String> describe() {
        return allowed.stream()
                .map(each -> "%s%s: %s".formatted(name(each.what()), value(each), each.reason()))
                .toList();
    }

    private Stream<IntOrString> of(Allowance.What what) {
        return allowed.stream().filter(each -> each.what() == what).map(Allowance::value);
    }

    private List<String> texts(Allowance.What what) {
        return of(what).map(IntOrString::getStrVal).sorted().distinct().toList();
    }

    private static String value(Allowance allowance) {
        return allowance.value() == null ? "" : " " + allowance.value().getValue();
    }

    /** As the spec writes it. */
    private static String name(Allowance.What what) {
        return switch (what) {
            case USER -> "user";
            case CAPABILITY -> "capability";
            case WRITABLE_ROOT -> "writableRoot";
            case NODE_FOLDER -> "nodeFolder";
            case SERVICE_ACCOUNT -> "serviceAccount";
        };
    }
}
