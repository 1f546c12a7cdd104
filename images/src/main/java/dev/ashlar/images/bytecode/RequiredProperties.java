package dev.ashlar.images.bytecode;

import java.lang.classfile.CodeElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The properties that must be set when the program starts, which a recorded step adds to a set; here in the order of their names.
 * A property is moved as a whole, and only when its statements are tied to others by the set alone; else the order stays.
 */
record RequiredProperties(Classes classes) {
    private static final String STEPS = "io/quarkus/runner/recorded/ConfigBuildStep$validate";
    private static final String PROPERTY = "io/quarkus/arc/runtime/ConfigRecorder$ConfigValidationMetadata";

    void sort() {
        classes.names(STEPS).forEach(step -> classes.rewrite(step, RequiredProperties::inOrder));
    }

    private static List<CodeElement> inOrder(List<CodeElement> code) {
        List<Statement> statements = Statement.all(code).orElse(List.of());
        List<Property> properties = Property.all(statements);
        if (properties.isEmpty()) {
            return code;
        }
        Stream<Statement> before = statements.subList(0, properties.getFirst().start()).stream();
        Stream<Statement> sorted = properties.stream().sorted().flatMap(property -> property.statements().stream());
        Stream<Statement> after = statements.subList(properties.getLast().end(), statements.size()).stream();
        return Locals.numbered(Stream.of(before, sorted, after)
                .flatMap(part -> part)
                .flatMap(statement -> statement.code().stream())
                .toList());
    }

    /** The statements that make one property and add it: from {@code start} to before {@code end}, with the creation before the last. */
    private record Property(List<Statement> all, int start, int end) implements Comparable<Property> {
        /** The properties, one right after the other; none where they cannot be told apart. */
        static List<Property> all(List<Statement> statements) {
            List<Property> properties = new ArrayList<>();
            for (int i = 0; i + 1 < statements.size(); i++) {
                if (statements.get(i).code().stream().anyMatch(element -> Instructions.isNew(element, PROPERTY))) {
                    int from = properties.isEmpty() ? 0 : properties.getLast().end();
                    Property property = new Property(statements, from, i + 2);
                    while (properties.isEmpty() && !property.isAlone() && property.start() < i) {
                        property = new Property(statements, property.start() + 1, i + 2);
                    }
                    properties.add(property);
                }
            }
            return properties.stream().allMatch(Property::isAlone) ? properties : List.of();
        }

        List<Statement> statements() {
            return all.subList(start, end);
        }

        /** Whether it does nothing but fill collections, and shares no local but the set, which it only adds to in the end. */
        private boolean isAlone() {
            Statement addition = all.get(end - 1);
            Set<Integer> inside = locals(all.subList(start, end - 1).stream());
            Set<Integer> set = new HashSet<>(addition.locals());
            set.removeAll(inside);
            inside.retainAll(
                    locals(Stream.concat(all.subList(0, start).stream(), all.subList(end, all.size()).stream())));
            return inside.isEmpty()
                    && set.size() == 1
                    && addition.calls().size() == 1
                    && Instructions.isCall(addition.calls().getFirst(), "add")
                    && statements().stream()
                            .flatMap(statement -> statement.calls().stream())
                            .map(call -> call.owner().asInternalName())
                            .allMatch(owner -> owner.equals(PROPERTY) || owner.startsWith("java/util/"));
        }

        private static Set<Integer> locals(Stream<Statement> statements) {
            Set<Integer> locals = new HashSet<>();
            statements.forEach(statement -> locals.addAll(statement.locals()));
            return locals;
        }

        /** The name, the type, the default; then what else is told of it. */
        private String key() {
            Stream<Statement> creationFirst = Stream.concat(Stream.of(all.get(end - 2)), statements().stream());
            return String.join(
                    " ",
                    creationFirst
                            .flatMap(statement -> statement.strings().stream())
                            .toList());
        }

        @Override
        public int compareTo(Property other) {
            return key().compareTo(other.key());
        }
    }
}
