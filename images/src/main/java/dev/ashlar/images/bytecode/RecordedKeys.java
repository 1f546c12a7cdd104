package dev.ashlar.images.bytecode;

import java.lang.classfile.CodeElement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys, {@code proxykey17}, by which a recorded step finds the value that another one left in the startup context. They
 * are counted in the order in which the steps are recorded; here in the order of the classes that leave the values.
 */
record RecordedKeys(Classes classes) {
    private static final String RECORDED = "io/quarkus/runner/recorded/";
    private static final Pattern KEY = Pattern.compile("proxykey[0-9]+");

    void number() {
        Set<String> left = new LinkedHashSet<>();
        Set<String> read = new LinkedHashSet<>();
        for (String name : classes.names(RECORDED)) {
            for (List<CodeElement> code : classes.code(name)) {
                for (int i : Instructions.positions(code, RecordedKeys::isKey)) {
                    boolean isRead = Instructions.isCall(code.get(i + 1), "getValue");
                    (isRead ? read : left).add(Instructions.string(code.get(i)));
                }
            }
        }
        left.addAll(read); // what nobody leaves has no better place than where it is read
        Map<String, String> numbered = new HashMap<>();
        left.forEach(key -> numbered.put(key, "proxykey" + (numbered.size() + 1)));
        for (String name : classes.names(RECORDED)) {
            classes.rewrite(
                    name,
                    code -> code.stream()
                            .map(element -> renamed(element, numbered))
                            .toList());
        }
    }

    private static CodeElement renamed(CodeElement element, Map<String, String> names) {
        return isKey(element) ? Instructions.load(names.getOrDefault(Instructions.string(element), "")) : element;
    }

    private static boolean isKey(CodeElement element) {
        return KEY.matcher(Instructions.string(element)).matches();
    }
}
