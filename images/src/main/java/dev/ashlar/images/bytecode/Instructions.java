package dev.ashlar.images.bytecode;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What is asked of instructions, and made of them. */
final class Instructions {
    private static final ConstantPoolBuilder POOL = ConstantPoolBuilder.of();

    private Instructions() {}

    static boolean isCall(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.name().equalsString(method);
    }

    static boolean isNew(CodeElement element, String type) {
        return isCall(element, "<init>")
                && ((InvokeInstruction) element).owner().asInternalName().equals(type);
    }

    /** The string that is loaded; empty for another instruction. */
    static String string(CodeElement element) {
        return element instanceof LoadConstantInstruction load && load.constantValue() instanceof String text
                ? text
                : "";
    }

    /** The static field that is read or written; empty for another instruction. */
    static String field(CodeElement element) {
        return element instanceof FieldInstruction access ? access.name().stringValue() : "";
    }

    static CodeElement load(String text) {
        return ConstantInstruction.ofLoad(Opcode.LDC, POOL.stringEntry(text));
    }

    /** The same access to another field of the same class and type. */
    static CodeElement access(FieldInstruction access, String field) {
        return FieldInstruction.of(
                access.opcode(), POOL.fieldRefEntry(access.owner().asSymbol(), field, access.typeSymbol()));
    }

    /** The positions of what is wanted, in their order. */
    static List<Integer> positions(List<CodeElement> code, Predicate<CodeElement> wanted) {
        return IntStream.range(0, code.size())
                .filter(i -> wanted.test(code.get(i)))
                .boxed()
                .toList();
    }

    /** The instructions with those at the positions exchanged, so that they come in another order. */
    static List<CodeElement> sorted(List<CodeElement> code, List<Integer> positions, Comparator<Integer> comparator) {
        List<CodeElement> result = new ArrayList<>(code);
        List<Integer> order = positions.stream().sorted(comparator).toList();
        for (int i = 0; i < positions.size(); i++) {
            result.set(positions.get(i), code.get(order.get(i)));
        }
        return result;
    }
}
