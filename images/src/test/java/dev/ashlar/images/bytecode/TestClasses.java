package dev.ashlar.images.bytecode;

import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Classes of one method each, by the names of their entries in a jar. */
final class TestClasses {
    private TestClasses() {}

    static void add(Map<String, byte[]> entries, String name, ClassDesc argument, Consumer<CodeBuilder> code) {
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.ofInternalName(name),
                        type -> type.withMethodBody(
                                "deploy", MethodTypeDesc.of(CD_void, argument), ClassFile.ACC_STATIC, body -> {
                                    code.accept(body);
                                    body.return_();
                                }));
        entries.put(name + ".class", bytes);
    }

    static void assertSame(Map<String, byte[]> one, Map<String, byte[]> two) {
        assertThat(one.keySet()).isEqualTo(two.keySet());
        one.forEach((name, bytes) -> assertThat(two.get(name)).as(name).isEqualTo(bytes));
    }

    static List<String> strings(Map<String, byte[]> entries, String name) {
        List<String> strings = new ArrayList<>();
        new Classes(new TreeMap<>(entries))
                .code(name.replace(".class", ""))
                .forEach(code -> code.forEach(element -> {
                    if (!Instructions.string(element).isEmpty()) {
                        strings.add(Instructions.string(element));
                    }
                }));
        return strings;
    }
}
