package dev.ashlar.images.bytecode;

import static dev.ashlar.images.bytecode.Instructions.isCall;

import java.lang.classfile.CodeElement;
import java.util.ArrayList;
import java.util.List;

/**
 * The first interval of a retry. Its setter has two forms, and which one the JVM names first decides whether Quarkus records
 * the call or leaves it out; here it is always left out, and {@code application.properties} says the interval.
 */
record Retries(Classes classes) {
    private static final String STEPS = "io/quarkus/runner/recorded/OperatorSDKProcessor";

    /** Load the retry, load the value, call, drop what the call returns. */
    private static final int LENGTH = 4;

    void leaveOutFirstInterval() {
        classes.names(STEPS).forEach(step -> classes.rewrite(step, Retries::withoutFirstInterval));
    }

    private static List<CodeElement> withoutFirstInterval(List<CodeElement> code) {
        List<CodeElement> rest = new ArrayList<>();
        int done = 0;
        for (int call : Instructions.positions(code, element -> isCall(element, "setInitialInterval"))) {
            rest.addAll(code.subList(done, call - 2));
            done = call - 2 + LENGTH;
        }
        rest.addAll(code.subList(done, code.size()));
        return rest;
    }
}
