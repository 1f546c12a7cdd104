package dev.ashlar.images.layer;

import dev.ashlar.images.recipe.Waiver;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.fornwall.jelf.ElfFile;

/**
 * Tells by name and by content what kind of program a file is. A shell that was renamed is known by the variables that
 * every shell sets, an interpreter by a variable or a function that only its own program knows.
 */
public final class ProgramKind {
    private static final Pattern SHELL = Pattern.compile("(?:r?ba|da|a|[mp]?k|z|fi|t?c|po|ya)?sh|busybox|toybox");
    private static final Pattern INTERPRETER = Pattern.compile(
            "(?:python|perl|php|php-fpm|php-cgi|ruby|lua|tclsh|guile)[0-9.]*|node|nodejs|java|[gm]?awk");
    private static final List<String> SHELL_VARIABLES = List.of("PS1", "PS2", "OPTIND", "IFS");
    private static final List<String> OF_INTERPRETERS = List.of(
            "PYTHONHASHSEED", "PERL5LIB", "PHP_INI_SCAN_DIR", "NODE_OPTIONS", "RUBYOPT", "LUA_INIT", "JLI_Launch");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private ProgramKind() {}

    /** What a link or an executable file is by its name alone. */
    public static Set<Waiver> ofName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Set<Waiver> kinds = EnumSet.noneOf(Waiver.class);
        if (SHELL.matcher(name).matches()) {
            kinds.add(Waiver.SHELL);
        }
        if (INTERPRETER.matcher(name).matches()) {
            kinds.add(Waiver.INTERPRETER);
        }
        return kinds;
    }

    /** What a file is by its bytes: all of them for an ELF file, the first line for a script. */
    public static Set<Waiver> ofContent(byte[] content) {
        if (Elf.isElf(content)) {
            return ofElf(content);
        }
        return isScript(content) ? EnumSet.of(ofScript(content)) : EnumSet.noneOf(Waiver.class);
    }

    /** Whether a file with these first bytes is one that {@link #ofContent} has something to say about. */
    static boolean isProgram(byte[] start) {
        return Elf.isElf(start) || isScript(start);
    }

    static boolean isScript(byte[] start) {
        return start.length >= 2 && start[0] == '#' && start[1] == '!';
    }

    private static Waiver ofScript(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 256), StandardCharsets.ISO_8859_1);
        Iterator<String> words = SPACE.splitAsStream(
                        start.lines().findFirst().orElse("").substring(2).strip())
                .iterator();
        String program = words.next();
        if (program.endsWith("/env")) {
            while (words.hasNext() && (program.endsWith("/env") || program.startsWith("-"))) {
                program = words.next();
            }
        }
        return ofName(program).contains(Waiver.SHELL) ? Waiver.SHELL : Waiver.INTERPRETER;
    }

    private static Set<Waiver> ofElf(byte[] content) {
        Set<Waiver> kinds = EnumSet.noneOf(Waiver.class);
        if (Elf.of(ElfFile.from(content)).isDynamic()) {
            kinds.add(Waiver.DYNAMIC);
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (SHELL_VARIABLES.stream().allMatch(name -> text.contains(name + "\0") || text.contains(name + "="))) {
            kinds.add(Waiver.SHELL);
        }
        if (OF_INTERPRETERS.stream().anyMatch(name -> text.contains(name + "\0"))) {
            kinds.add(Waiver.INTERPRETER);
        }
        return kinds;
    }
}
