package org.mesolith.agent.container;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes words so that a POSIX shell reads exactly them. */
final class ShellWords {
    private ShellWords() {}

    /** One word; it must hold no NUL, which no argument of a process can hold. */
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    static String join(Collection<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    /** True for a name that the shell itself can export. */
    static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }
}
