package dev.ashlar.images.bytecode;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the verifier of the JDK about each class that was rewritten, so that the build fails and not the program's start. */
record Verification(Map<String, byte[]> before, Map<String, byte[]> after) {
    void check() {
        ClassFile verifier = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy()));
        after.forEach((name, bytes) -> {
            List<VerifyError> errors = Arrays.equals(before.get(name), bytes) || !name.endsWith(Classes.SUFFIX)
                    ? List.of()
                    : verifier.verify(bytes);
            if (!errors.isEmpty()) {
                throw new IllegalStateException("Rewritten for a reproducible build, the class %s cannot be run: %s"
                        .formatted(name, errors.getFirst().getMessage()));
            }
        });
    }

    /** Supertypes of the jar's own classes and of those that it is run with. */
    private ClassHierarchyResolver hierarchy() {
        return ClassHierarchyResolver.ofResourceParsing(this::own)
                .orElse(ClassHierarchyResolver.ofResourceParsing(Verification.class.getClassLoader()));
    }

    private @Nullable InputStream own(ClassDesc type) {
        String descriptor = type.descriptorString();
        return Optional.ofNullable(after.get(descriptor.substring(1, descriptor.length() - 1) + Classes.SUFFIX))
                .map(ByteArrayInputStream::new)
                .orElse(null);
    }
}
