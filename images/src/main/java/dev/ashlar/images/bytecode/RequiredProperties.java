package dev.ashlar.images.bytecode;

import java.util.Comparator;
import java.util.List;

/** The properties that must be set when the program starts, which a recorded step adds to a set; here in the order of their names. */
record RequiredProperties(Classes classes) {
    private static final String STEPS = "io/quarkus/runner/recorded/ConfigBuildStep$validate";
    private static final String PROPERTY = "io/quarkus/arc/runtime/ConfigRecorder$ConfigValidationMetadata";

    /** Before the call of the constructor: name, type, (a list of type arguments,) default. */
    private static final List<Integer> NAME_TYPE_DEFAULT = List.of(-4, -3, -1);

    void sort() {
        for (String step : classes.names(STEPS)) {
            classes.rewrite(
                    step,
                    code -> Instructions.sorted(
                            code,
                            Instructions.positions(code, element -> Instructions.isNew(element, PROPERTY)),
                            NAME_TYPE_DEFAULT,
                            Comparator.comparing(call -> Instructions.string(code.get(call - 4)))));
        }
    }
}
