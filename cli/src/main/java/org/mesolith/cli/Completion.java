package org.mesolith.cli;

import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code meso completion}. */
@Command(
        description = "Prints a script that completes meso's commands and options in a shell.",
        footer = {
            "",
            "Example: meso completion bash > /etc/bash_completion.d/meso",
            "         source <(meso completion zsh)"
        })
public final class Completion implements Callable<Integer> {

    /** The shells we complete for. */
    private enum Shell {
        bash,
        zsh
    }

    private final Console console;

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    /** The command in these surroundings. */
    public Completion(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (shell == Shell.zsh) {
            console.out().println("autoload -U +X compinit && compinit");
            console.out().println("autoload -U +X bashcompinit && bashcompinit");
        }
        console.out().println(AutoComplete.bash("meso", Catalog.tree(console)));
        return ExitCode.OK;
    }
}
