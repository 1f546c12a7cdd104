package dev.ashlar.images.bytecode;

import static dev.ashlar.images.bytecode.TestClasses.add;
import static dev.ashlar.images.bytecode.TestClasses.assertSame;
import static dev.ashlar.images.bytecode.TestClasses.strings;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedBytecodeTest {
    private static final String RECORDED = "io/quarkus/runner/recorded/";
    private static final String GENERATED = "io/quarkus/runtime/generated/";
    private static final ClassDesc CONTEXT = ClassDesc.of("io.quarkus.runtime.StartupContext");
    private static final ClassDesc BUILDER = ClassDesc.of("io.quarkus.runtime.configuration.AbstractConfigBuilder");
    private static final ClassDesc CONFIG_CLASS = ClassDesc.of("io.smallrye.config.ConfigMappings$ConfigClass");
    private static final ClassDesc SHARED = ClassDesc.of("io.quarkus.runtime.generated.SharedConfig");
    private static final ClassDesc RETRY = ClassDesc.of("io.javaoperatorsdk.operator.processing.retry.GenericRetry");

    @Test
    void givesTwoBuildsWhoseKeysWereCountedDifferentlyTheSameKeys() {
        Map<String, byte[]> one = GeneratedBytecode.stable(keys("proxykey26", "proxykey117"));
        Map<String, byte[]> two = GeneratedBytecode.stable(keys("proxykey119", "proxykey3"));

        assertSame(one, two);
        assertThat(strings(one, RECORDED + "Reads.class")).containsExactly("proxykey2", "proxykey1");
        assertThat(strings(one, RECORDED + "Leaves.class")).containsExactly("proxykey1", "proxykey2");
    }

    @Test
    void givesTwoBuildsWhoseSetsHadAnotherOrderTheSameConfigurationClasses() {
        Map<String, byte[]> one = GeneratedBytecode.stable(configuration("a.Http", "b.Log"));
        Map<String, byte[]> two = GeneratedBytecode.stable(configuration("b.Log", "a.Http"));

        assertSame(one, two);
        assertThat(strings(one, GENERATED + "SharedConfig.class"))
                .containsExactly(
                        "a.Http", "prefix", "a.Http", "a.Http$Inner", "b.Log", "prefix", "b.Log", "b.Log$Inner");
    }

    @Test
    void stopsWithTheNameOfAClassThatCannotBeRunAfterwards() {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        add(
                entries,
                RECORDED + "OperatorSDKProcessor$update1",
                RETRY,
                code -> code.aload(0)
                        .ldc(500L)
                        .invokevirtual(
                                RETRY, "setInitialInterval", MethodTypeDesc.of(RETRY, ClassDesc.ofDescriptor("J")))
                        .astore(1)
                        .aload(1)
                        .pop());

        assertThatThrownBy(() -> GeneratedBytecode.stable(entries))
                .hasMessageContaining("io/quarkus/runner/recorded/OperatorSDKProcessor$update1.class cannot be run");
    }

    @Test
    void leavesOutTheFirstIntervalThatIsRecordedByChance() {
        assertSame(GeneratedBytecode.stable(retry(true)), GeneratedBytecode.stable(retry(false)));
    }

    @Test
    void keepsEveryOtherEntryAsItIsAndChangesNothingTheSecondTime(@TempDir Path folder) throws IOException {
        SortedMap<String, byte[]> entries = keys("proxykey9", "proxykey4");
        entries.put("META-INF/services/x", "content".getBytes(StandardCharsets.UTF_8));
        Path jar = folder.resolve("generated-bytecode.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        GeneratedBytecode.rewrite(jar);
        byte[] once = Files.readAllBytes(jar);
        GeneratedBytecode.rewrite(jar);

        assertThat(Files.readAllBytes(jar)).isEqualTo(once);
        assertThat(new String(GeneratedBytecode.stable(entries).get("META-INF/services/x"), StandardCharsets.UTF_8))
                .isEqualTo("content");
    }

    private static SortedMap<String, byte[]> keys(String first, String second) {
        MethodTypeDesc get = MethodTypeDesc.of(CD_Object, CD_String);
        MethodTypeDesc put = MethodTypeDesc.of(CD_void, CD_String, CD_Object);
        SortedMap<String, byte[]> entries = new TreeMap<>();
        add(
                entries,
                RECORDED + "Leaves",
                CONTEXT,
                code -> code.aload(0)
                        .ldc(second)
                        .aload(0)
                        .invokevirtual(CONTEXT, "putValue", put)
                        .aload(0)
                        .ldc(first)
                        .aload(0)
                        .invokevirtual(CONTEXT, "putValue", put));
        add(
                entries,
                RECORDED + "Reads",
                CONTEXT,
                code -> code.aload(0)
                        .ldc(first)
                        .invokevirtual(CONTEXT, "getValue", get)
                        .pop()
                        .aload(0)
                        .ldc(second)
                        .invokevirtual(CONTEXT, "getValue", get)
                        .pop());
        return entries;
    }

    private static SortedMap<String, byte[]> configuration(String... names) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        add(entries, GENERATED + "SharedConfig", CD_Object, code -> {
            for (int i = 0; i < names.length; i++) {
                code.ldc(names[i])
                        .ldc("prefix")
                        .invokestatic(BUILDER, "configClass", MethodTypeDesc.of(CONFIG_CLASS, CD_String, CD_String))
                        .putstatic(SHARED, "configClass$" + i, CONFIG_CLASS);
                for (String inside : List.of(names[i], names[i] + "$Inner")) {
                    code.ldc(inside).invokestatic(BUILDER, "ensureLoaded", MethodTypeDesc.of(CD_void, CD_String));
                }
            }
        });
        add(entries, GENERATED + "Customizer", CD_Object, code -> {
            for (int i = 0; i < names.length; i++) {
                code.getstatic(SHARED, "configClass$" + i, CONFIG_CLASS)
                        .astore(i + 1)
                        .aload(0)
                        .aload(i + 1)
                        .invokestatic(BUILDER, "withMapping", MethodTypeDesc.of(CD_void, CD_Object, CONFIG_CLASS));
            }
        });
        return entries;
    }

    private static SortedMap<String, byte[]> retry(boolean withFirstInterval) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        add(entries, RECORDED + "OperatorSDKProcessor$update1", RETRY, code -> {
            if (withFirstInterval) {
                code.aload(0)
                        .ldc(500L)
                        .invokevirtual(
                                RETRY, "setInitialInterval", MethodTypeDesc.of(RETRY, ClassDesc.ofDescriptor("J")))
                        .pop();
            }
            code.aload(0)
                    .ldc(2.0)
                    .invokevirtual(
                            RETRY, "setIntervalMultiplier", MethodTypeDesc.of(RETRY, ClassDesc.ofDescriptor("D")))
                    .pop();
        });
        return entries;
    }
}
