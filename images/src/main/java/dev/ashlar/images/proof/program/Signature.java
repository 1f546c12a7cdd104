package dev.ashlar.images.proof.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Strings that are in every build of a program and stay there when it is stripped: the names of a POSIX shell's builtins,
 * the entry points and variables of interpreters. Linkers merge strings by their ends, so only the end is fixed by a NUL.
 *
 * @param bit of a set of such strings
 */
record Signature(String text, long bit) {
    private static final List<String> SHELL =
            List.of("unalias", "ulimit", "umask", "readonly", "unset", "trap", "export");
    /** C libraries have most of the others, none of them this one. */
    private static final Signature GETOPTS = new Signature("getopts\0", 1);

    private static final int ENOUGH = 4;
    /** Variables that every shell sets, each by its name or with a value. */
    private static final List<String> VARIABLES = List.of("PS1", "PS2", "OPTIND", "IFS");

    private static final List<String> INTERPRETERS = List.of(
            "PYTHONHASHSEED\0",
            "PERL5LIB\0",
            "PHP_INI_SCAN_DIR\0",
            "Py_BytesMain",
            "Py_RunMain",
            "perl_parse",
            "php_request_startup",
            "ruby_process_options",
            "LUA_INIT",
            "Tcl_EvalFile",
            "_ZN4node5Start",
            "scm_shell",
            "JNI_CreateJavaVM",
            "SUBSEP\0"); // with its end: a highlighter of sources has the word in a pattern
    private static final String GO_SHELL = "mvdan.cc/sh/v3/interp";

    static final List<Signature> ALL = all();
    private static final long SHELLS = bits(SHELL);
    private static final long VARIABLES_SET = bits(VARIABLES);
    private static final long GO = bits(List.of(GO_SHELL));

    private static List<Signature> all() {
        List<Signature> all = new ArrayList<>(List.of(GETOPTS));
        for (String text : SHELL) {
            all.add(new Signature(text + "\0", 1L << all.size()));
        }
        for (String text : VARIABLES) {
            long bit = 1L << all.size();
            all.add(new Signature(text + "\0", bit));
            all.add(new Signature(text + "=", bit));
        }
        for (String text : INTERPRETERS) {
            all.add(new Signature(text, 1L << all.size()));
        }
        all.add(new Signature(GO_SHELL, 1L << all.size()));
        return List.copyOf(all);
    }

    private static long bits(List<String> texts) {
        return ALL.stream()
                .filter(signature -> texts.contains(signature.text().replaceAll("[=\0]$", "")))
                .mapToLong(Signature::bit)
                .reduce(0, (one, other) -> one | other);
    }

    private static boolean holds(long found, long wanted) {
        return (found & wanted) == wanted;
    }

    /** What a program is that holds the strings of these bits. */
    static Program judge(long found) {
        boolean posix = (found & GETOPTS.bit()) != 0 && Long.bitCount(found & SHELLS) >= ENOUGH;
        boolean shell = posix || holds(found, VARIABLES_SET) || holds(found, GO);
        Optional<String> interpreter = ALL.stream()
                .filter(signature -> (found & signature.bit()) != 0 && INTERPRETERS.contains(signature.text()))
                .map(signature -> "is an interpreter (%s is in it)"
                        .formatted(signature.text().replace("\0", "")))
                .findFirst();
        return new Program(
                Optional.empty(),
                Optional.empty(),
                shell ? Optional.of("is a shell (the names of a shell's builtins are in it)") : Optional.empty(),
                interpreter);
    }
}
