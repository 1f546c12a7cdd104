package dev.ashlar.images.bytecode;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Instructions before and after which the stack is empty, so that locals alone tie them to others. */
record Statement(List<CodeElement> code) {
    /** The statements of a method; empty where it has instructions that are not understood here, such as a branch. */
    static Optional<List<Statement>> all(List<CodeElement> code) {
        List<Statement> statements = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < code.size(); i++) {
            OptionalInt growth = growth(code.get(i));
            if (growth.isEmpty()) {
                return Optional.empty();
            }
            depth += growth.getAsInt();
            if (depth == 0) {
                statements.add(new Statement(code.subList(start, i + 1)));
                start = i + 1;
            }
        }
        return depth == 0 ? Optional.of(statements) : Optional.empty();
    }

    /** By how many values the stack grows; locals and values of two words are not understood. */
    private static OptionalInt growth(CodeElement element) {
        return switch (element) {
            case ConstantInstruction constant when isOneWord(constant.typeKind()) -> OptionalInt.of(1);
            case LoadInstruction load when isOneWord(load.typeKind()) -> OptionalInt.of(1);
            case StoreInstruction store when isOneWord(store.typeKind()) -> OptionalInt.of(-1);
            case NewObjectInstruction _ -> OptionalInt.of(1);
            case TypeCheckInstruction _ -> OptionalInt.of(0);
            case StackInstruction stack when stack.opcode() == Opcode.DUP -> OptionalInt.of(1);
            case StackInstruction stack when stack.opcode() == Opcode.POP -> OptionalInt.of(-1);
            case InvokeInstruction call -> OptionalInt.of(growth(call));
            case ReturnInstruction end when end.typeKind() == TypeKind.VOID -> OptionalInt.of(0);
            default -> OptionalInt.empty();
        };
    }

    private static boolean isOneWord(TypeKind kind) {
        return kind.slotSize() == 1;
    }

    private static int growth(InvokeInstruction call) {
        int object = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
        int result = call.typeSymbol().returnType().equals(ConstantDescs.CD_void) ? 0 : 1;
        return result - call.typeSymbol().parameterCount() - object;
    }

    Set<Integer> locals() {
        return code.stream().flatMap(element -> Locals.slot(element).stream()).collect(Collectors.toSet());
    }

    /** The strings that are loaded, in their order. */
    List<String> strings() {
        return code.stream()
                .map(Instructions::string)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    List<InvokeInstruction> calls() {
        return code.stream()
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .toList();
    }
}
