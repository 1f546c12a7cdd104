package dev.ashlar.images.bytecode;

import static dev.ashlar.images.bytecode.Instructions.field;
import static dev.ashlar.images.bytecode.Instructions.isCall;
import static dev.ashlar.images.bytecode.Instructions.string;

import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes that configuration is mapped to: {@code SharedConfig} loads them into numbered fields in the order of a set
 * of classes, and is followed by all that add them to a builder; here in the order of their names.
 */
record ConfigClasses(Classes classes) {
    private static final String GENERATED = "io/quarkus/runtime/generated/";
    private static final String SHARED = GENERATED + "SharedConfig";
    private static final String FIELD = "configClass$";

    void sort() {
        Map<String, String> fields = new HashMap<>();
        for (List<CodeElement> code : classes.code(SHARED)) {
            List<Loading> found = Loading.all(code);
            List<Loading> sorted = found.stream().sorted().toList();
            for (int i = 0; i < found.size(); i++) {
                fields.put(sorted.get(i).target(), found.get(i).target());
            }
        }
        if (fields.isEmpty()) {
            return;
        }
        classes.rewrite(SHARED, ConfigClasses::loadedInOrder);
        for (String name : classes.names(GENERATED)) {
            classes.rewrite(
                    name,
                    code -> addedInOrder(code.stream()
                            .map(element -> renamed(element, fields))
                            .toList()));
        }
    }

    /** The instructions that load one class and those inside it: from {@code start} to before {@code end}. */
    private record Loading(String name, String target, int start, int end) implements Comparable<Loading> {
        static List<Loading> all(List<CodeElement> code) {
            return Instructions.positions(code, element -> isCall(element, "configClass")).stream()
                    .map(call -> at(code, call))
                    .toList();
        }

        private static Loading at(List<CodeElement> code, int call) {
            int end = call + 2;
            while (end + 1 < code.size() && isCall(code.get(end + 1), "ensureLoaded")) {
                end += 2;
            }
            String name = string(code.get(call - 2)) + " " + string(code.get(call - 1));
            return new Loading(name, field(code.get(call + 1)), call - 2, end);
        }

        @Override
        public int compareTo(Loading other) {
            return name.compareTo(other.name);
        }
    }

    private static List<CodeElement> loadedInOrder(List<CodeElement> code) {
        List<Loading> loadings = Loading.all(code);
        if (loadings.isEmpty()) {
            return code;
        }
        List<CodeElement> sorted =
                new ArrayList<>(code.subList(0, loadings.getFirst().start()));
        loadings.stream().sorted().forEach(loading -> sorted.addAll(code.subList(loading.start(), loading.end())));
        sorted.addAll(code.subList(loadings.getLast().end(), code.size()));
        if (sorted.size() != code.size()) {
            throw new IllegalStateException(
                    SHARED + " does other things between two configuration classes than Quarkus "
                            + "did before; see how it generates them now");
        }
        return sorted;
    }

    private static CodeElement renamed(CodeElement element, Map<String, String> fields) {
        String field = fields.get(field(element));
        return field == null ? element : Instructions.access((FieldInstruction) element, field);
    }

    /** A class is added by: read the field, store it, load the builder, load it again, call. */
    private static List<CodeElement> addedInOrder(List<CodeElement> code) {
        List<Integer> reads = Instructions.positions(code, element -> isCall(element, "withMapping")).stream()
                .map(call -> call - 4)
                .filter(read -> field(code.get(read)).startsWith(FIELD))
                .toList();
        return Instructions.sorted(code, reads, Comparator.comparingInt(read -> number(code.get(read))));
    }

    private static int number(CodeElement read) {
        return Integer.parseInt(field(read).substring(FIELD.length()));
    }
}
