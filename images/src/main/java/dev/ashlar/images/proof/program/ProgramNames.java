package dev.ashlar.images.proof.program;

import java.util.regex.Pattern;

/** The names by which shells and interpreters are called, versions included. */
final class ProgramNames {
    private static final Pattern SHELLS =
            Pattern.compile("(r?bash|dash|ash|sh|[lmop]?ksh(93)?|zsh[0-9.-]*|t?csh|fish|yash|posh|sash|elvish|nu|pwsh|"
                    + "busybox(\\.[a-z]+)?|toybox)");
    private static final Pattern INTERPRETERS = Pattern.compile(
            "(python|pypy|perl|ruby|node|nodejs|php|php-cgi|php-fpm|lua|luajit|tclsh|wish|guile|java|deno|bun|qjs)[0-9.]*"
                    + "|[gmno]?awk|Rscript");

    private ProgramNames() {}

    static Program look(String name) {
        if (SHELLS.matcher(name).matches()) {
            return Program.shell("has the name of a shell");
        }
        return INTERPRETERS.matcher(name).matches()
                ? Program.interpreter("has the name of an interpreter")
                : Program.NONE;
    }
}
