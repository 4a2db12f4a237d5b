package org.mesolith.cli.command.explain;

import java.util.concurrent.Callable;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso explain agent}. */
@Command(
        description = "Explains how an agent stands, and what holds its resources.",
        footer = {"", "Example: meso explain agent S0000000001"})
public final class ExplainAgent implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's id or host, or a beginning or end of the id.")
    private String id = "";

    @Option(names = "--json", description = "The answer of the leader as one JSON document.")
    private boolean json;

    /** The command in these surroundings. */
    public ExplainAgent(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return StoryPage.show(console, masters, new Target("/explain/agent").with("agent", id), json);
    }
}
