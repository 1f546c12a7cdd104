package dev.ashlar.images.bytecode;

import static dev.ashlar.images.bytecode.TestClasses.add;
import static dev.ashlar.images.bytecode.TestClasses.assertSame;
import static dev.ashlar.images.bytecode.TestClasses.strings;
import static java.lang.constant.ConstantDescs.CD_Collection;
import static java.lang.constant.ConstantDescs.CD_List;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RequiredPropertiesTest {
    private static final String STEP = "io/quarkus/runner/recorded/ConfigBuildStep$validate1";
    private static final ClassDesc HASH_SET = ClassDesc.of("java.util.HashSet");
    private static final ClassDesc ARRAY_LIST = ClassDesc.of("java.util.ArrayList");
    private static final ClassDesc PROPERTY =
            ClassDesc.of("io.quarkus.arc.runtime.ConfigRecorder$ConfigValidationMetadata");

    @Test
    void sortsThemWithTheirTypesAndDefaults() {
        Property port = new Property("http-port", "int", "8080", "");
        Property ranges = new Property("ranges", "java.util.List", "10.0.0.0/8", "java.lang.String");
        Property suffix = new Property("suffix", "java.lang.String", "localhost", "");
        Map<String, byte[]> one = GeneratedBytecode.stable(required(true, suffix, ranges, port));
        Map<String, byte[]> two = GeneratedBytecode.stable(required(true, ranges, port, suffix));

        assertSame(one, two);
        assertThat(strings(one, STEP + ".class"))
                .containsExactly(
                        "http-port",
                        "int",
                        "8080",
                        "java.lang.String",
                        "ranges",
                        "java.util.List",
                        "10.0.0.0/8",
                        "suffix",
                        "java.lang.String",
                        "localhost");
    }

    @Test
    void leavesTheOrderOfPropertiesThatShareAValue() {
        SortedMap<String, byte[]> entries = required(
                false,
                new Property("b", "java.util.List", "1", "java.lang.String"),
                new Property("a", "java.util.List", "2", "java.lang.String"));

        assertThat(strings(GeneratedBytecode.stable(entries), STEP + ".class"))
                .containsExactly("java.lang.String", "b", "java.util.List", "1", "a", "java.util.List", "2");
    }

    /** What is told of one property; the argument of its type is empty where there is none. */
    private record Property(String name, String type, String value, String argument) {}

    /** As Quarkus records it; each with its own list of type arguments, or all with the first one's. */
    private static SortedMap<String, byte[]> required(boolean ownLists, Property... properties) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        add(entries, STEP, CD_Object, code -> {
            code.new_(HASH_SET)
                    .dup()
                    .invokespecial(HASH_SET, "<init>", MethodTypeDesc.of(CD_void))
                    .astore(2);
            for (int i = 0; i < properties.length; i++) {
                int list = ownLists || i == 0 ? 3 + 2 * i : 3;
                if (ownLists || i == 0) {
                    typeArguments(code, properties[i], list);
                }
                property(code, properties[i], list, 4 + 2 * i);
            }
            code.aload(2).pop();
        });
        return entries;
    }

    private static void typeArguments(CodeBuilder code, Property property, int list) {
        if (property.argument().isEmpty()) {
            code.invokestatic(ClassDesc.of("java.util.Collections"), "emptyList", MethodTypeDesc.of(CD_List))
                    .astore(list);
        } else {
            code.new_(ARRAY_LIST)
                    .dup()
                    .loadConstant(1)
                    .invokespecial(ARRAY_LIST, "<init>", MethodTypeDesc.of(CD_void, CD_int))
                    .astore(list);
            addTo(code, list, body -> body.ldc(property.argument()));
        }
    }

    private static void property(CodeBuilder code, Property property, int list, int made) {
        code.new_(PROPERTY)
                .dup()
                .ldc(property.name())
                .ldc(property.type())
                .aload(list)
                .checkcast(CD_List)
                .ldc(property.value())
                .invokespecial(PROPERTY, "<init>", MethodTypeDesc.of(CD_void, CD_String, CD_String, CD_List, CD_String))
                .astore(made);
        addTo(code, 2, body -> body.aload(made));
    }

    private static void addTo(CodeBuilder code, int collection, Consumer<CodeBuilder> value) {
        code.aload(collection).checkcast(CD_Collection);
        value.accept(code);
        code.invokeinterface(CD_Collection, "add", MethodTypeDesc.of(CD_boolean, CD_Object))
                .pop();
    }
}
