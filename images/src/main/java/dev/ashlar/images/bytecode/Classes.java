package dev.ashlar.images.bytecode;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** The entries of a jar; each class can be read and rewritten as lists of its methods' instructions. */
final class Classes {
    static final String SUFFIX = ".class";

    private final Map<String, byte[]> entries;
    private final ClassFile reading = ClassFile.of();
    // A pool in the order of use: the old one still has the old order.
    private final ClassFile writing = ClassFile.of(ConstantPoolSharingOption.NEW_POOL);

    Classes(SortedMap<String, byte[]> entries) {
        this.entries = new LinkedHashMap<>(entries);
    }

    Map<String, byte[]> entries() {
        return entries;
    }

    /** The names of the classes below a prefix, as {@code io/quarkus/Name}, in their order. */
    List<String> names(String prefix) {
        return entries.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .toList();
    }

    /** The instructions of all methods of a class, in their order; none when there is no such class. */
    List<List<CodeElement>> code(String name) {
        byte[] bytes = entries.get(name + SUFFIX);
        return bytes == null
                ? List.of()
                : reading.parse(bytes).methods().stream()
                        .map(MethodModel::code)
                        .flatMap(code -> code.stream())
                        .map(CodeModel::elementList)
                        .toList();
    }

    /** Gives the methods of a class other instructions; what is returned must need the same locals and stack. */
    void rewrite(String name, UnaryOperator<List<CodeElement>> change) {
        ClassModel model = reading.parse(entries.get(name + SUFFIX));
        MethodTransform methods = (method, element) -> {
            if (element instanceof CodeModel code) {
                method.withCode(builder ->
                        change.apply(code.elementList()).forEach(instruction -> builder.with(small(instruction))));
            } else {
                method.with(element);
            }
        };
        entries.put(name + SUFFIX, writing.transformClass(model, ClassTransform.transformingMethods(methods)));
    }

    /** A wide load of a constant as a narrow one; it is made wide again where the new pool asks for it. */
    private static CodeElement small(CodeElement element) {
        return element instanceof LoadConstantInstruction load && load.opcode() == Opcode.LDC_W
                ? ConstantInstruction.ofLoad(Opcode.LDC, load.constantEntry())
                : element;
    }
}
