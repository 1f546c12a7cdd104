package dev.ashlar.images.proof.program;

import java.util.Optional;

/**
 * What a file is as a program; each value is a phrase that follows its path, absent when it is none.
 *
 * @param machine which processor it is for, as an ELF header says it; absent when it is no machine code
 * @param dynamic why it needs a loader
 * @param shell why it is a shell
 * @param interpreter why it is an interpreter, or a script for one
 */
public record Program(
        Optional<Integer> machine, Optional<String> dynamic, Optional<String> shell, Optional<String> interpreter) {
    static final Program NONE = new Program(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static Program ofHeader(int machine, Optional<String> dynamic) {
        return new Program(Optional.of(machine), dynamic, Optional.empty(), Optional.empty());
    }

    static Program shell(String why) {
        return new Program(Optional.empty(), Optional.empty(), Optional.of(why), Optional.empty());
    }

    static Program interpreter(String why) {
        return new Program(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** Whether it is machine code of any kind. */
    public boolean isNative() {
        return machine.isPresent();
    }

    /** What a link of this name stands for, wherever it leads. */
    public static Program ofLink(String name) {
        return ProgramNames.look(name);
    }

    /** The same, with what another look at the file found. */
    Program or(Program other) {
        return new Program(
                machine.or(other::machine),
                dynamic.or(other::dynamic),
                shell.or(other::shell),
                interpreter.or(other::interpreter));
    }
}
