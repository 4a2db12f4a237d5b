package org.mesolith.cli.command;

import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** What cannot be taken back is asked for twice: on a terminal a name has to be typed, elsewhere an option says it. */
public final class Confirmation {
    private Confirmation() {}

    /**
     * Returns when the name was typed. Fails with {@link ExitCode#USAGE} when another one was, or nobody can type.
     *
     * @param what would happen, for example {@code this ends every task of host-a}
     * @param option that says the same without a question
     */
    public static void typed(Console console, String name, String what, String option) {
        if (!console.canBeTypedAt()) {
            throw new Failure(ExitCode.USAGE, what + "; nothing was changed. If it is meant: " + option);
        }
        console.out().flush();
        console.err().println(what + ".");
        console.err().print("Type `" + name + "` to go on: ");
        console.err().flush();
        String typed = console.line();
        if (!typed.equals(name)) {
            throw new Failure(
                    ExitCode.USAGE,
                    (typed.isEmpty() ? "nothing was typed" : "`" + typed + "` was typed, not `" + name + "`")
                            + "; nothing was changed");
        }
    }
}
