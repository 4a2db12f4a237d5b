package org.mesolith.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;
import org.mesolith.cli.manual.FishScript;
import org.mesolith.cli.manual.Names;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso completion}. */
@Command(
        description = {
            "Prints a script that completes meso's commands and options in a shell, and names of the cluster: agents,",
            "frameworks, tasks, roles, drain plans, machines. SHELL is bash, zsh or fish."
        },
        footer = {
            "",
            "Example: meso completion bash > /etc/bash_completion.d/meso",
            "         source <(meso completion zsh)",
            "         meso completion fish > ~/.config/fish/completions/meso.fish"
        })
public final class Completion implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    /** What picocli's script does not know is asked for: names of the cluster, once the word is no option. */
    private static final String NAMES_FOR_BASH = """

            function _complete_meso_names() {
              _complete_meso
              local word="${COMP_WORDS[COMP_CWORD]}"
              if [[ ${#COMPREPLY[@]} -eq 0 && "${word}" != -* ]]; then
                local names
                names=$(meso completion --names -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
                COMPREPLY=( $(compgen -W "${names}" -- "${word}") )
              fi
            }
            complete -F _complete_meso_names -o default meso
            """;

    private final Console console;

    @Parameters(paramLabel = "SHELL", arity = "0..*", description = "bash, zsh or fish.")
    private List<String> words = List.of();

    @Option(names = "--names", hidden = true, description = "Names of the cluster for the line whose words follow.")
    private boolean names;

    /** The command in these surroundings. */
    public Completion(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (names) {
            names().forEach(console.out()::println);
            return ExitCode.OK;
        }
        String shell = words.size() == 1 ? words.getFirst().toLowerCase(Locale.ROOT) : "";
        switch (shell) {
            case "bash" -> console.out().println(AutoComplete.bash("meso", Catalog.tree(console)) + NAMES_FOR_BASH);
            case "zsh" -> {
                console.out().println("autoload -U +X compinit && compinit");
                console.out().println("autoload -U +X bashcompinit && bashcompinit");
                console.out().println(AutoComplete.bash("meso", Catalog.tree(console)) + NAMES_FOR_BASH);
            }
            case "fish" -> console.out().print(fish());
            default ->
                throw new Failure(
                        ExitCode.USAGE,
                        "say for which shell: bash, zsh or fish"
                                + (shell.isEmpty() ? "" : Similar.hint(shell, SHELLS)));
        }
        return ExitCode.OK;
    }

    private String fish() {
        Map<String, String> summaries = new LinkedHashMap<>();
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        for (Catalog.Entry entry : Catalog.ENTRIES) {
            summaries.put(entry.name(), entry.summary());
            if (!Catalog.isLaunched(entry.name())) {
                specs.put(entry.name(), Catalog.leaf(entry.name(), console).getCommandSpec());
            }
        }
        return FishScript.of(summaries, specs);
    }

    private List<String> names() {
        String line = String.join(" ", words) + " ";
        String command = Catalog.ENTRIES.stream()
                .map(Catalog.Entry::name)
                .filter(name -> line.startsWith(name + " ") && !Catalog.isLaunched(name))
                .reduce("", (one, other) -> one.length() > other.length() ? one : other);
        if (command.isEmpty()) {
            return List.of();
        }
        return Names.of(
                console,
                command,
                Catalog.leaf(command, console).getCommandSpec(),
                words.subList(command.split(" ").length, words.size()));
    }
}
