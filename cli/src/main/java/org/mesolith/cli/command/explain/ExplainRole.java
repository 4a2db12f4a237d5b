package org.mesolith.cli.command.explain;

import java.util.concurrent.Callable;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso explain role}. */
@Command(
        description = "Explains how a role stands: its share, weight and quota, and who holds what.",
        footer = {"", "Example: meso explain role eng"})
public final class ExplainRole implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "ROLE", description = "The role.")
    private String role = "";

    @Option(names = "--json", description = "The answer of the leader as one JSON document.")
    private boolean json;

    /** The command in these surroundings. */
    public ExplainRole(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return StoryPage.show(console, masters, new Target("/explain/role").with("role", role), json);
    }
}
