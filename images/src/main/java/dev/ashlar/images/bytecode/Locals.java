package dev.ashlar.images.bytecode;

import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers of a method's locals, each of one word. */
final class Locals {
    private Locals() {}

    /** The local that is loaded or stored. */
    static Optional<Integer> slot(CodeElement element) {
        return switch (element) {
            case LoadInstruction load -> Optional.of(load.slot());
            case StoreInstruction store -> Optional.of(store.slot());
            default -> Optional.empty();
        };
    }

    /** The same numbers, given out in the order in which the locals are stored first; one that is loaded before, as a parameter is, keeps its own. */
    static List<CodeElement> numbered(List<CodeElement> code) {
        Map<Integer, Boolean> storedFirst = new LinkedHashMap<>();
        code.forEach(element ->
                slot(element).ifPresent(slot -> storedFirst.putIfAbsent(slot, element instanceof StoreInstruction)));
        List<Integer> stored = storedFirst.keySet().stream()
                .filter(slot -> storedFirst.getOrDefault(slot, false))
                .toList();
        List<Integer> sorted = stored.stream().sorted().toList();
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < stored.size(); i++) {
            numbers.put(stored.get(i), sorted.get(i));
        }
        return code.stream().map(element -> renumbered(element, numbers)).toList();
    }

    private static CodeElement renumbered(CodeElement element, Map<Integer, Integer> numbers) {
        return switch (element) {
            case LoadInstruction load ->
                LoadInstruction.of(load.typeKind(), numbers.getOrDefault(load.slot(), load.slot()));
            case StoreInstruction store ->
                StoreInstruction.of(store.typeKind(), numbers.getOrDefault(store.slot(), store.slot()));
            default -> element;
        };
    }
}
