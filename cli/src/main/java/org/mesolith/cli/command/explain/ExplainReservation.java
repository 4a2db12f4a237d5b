package org.mesolith.cli.command.explain;

import java.util.concurrent.Callable;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso explain reservation}. */
@Command(
        description = "Explains who holds what is reserved on an agent, and why it cannot be unreserved.",
        footer = {"", "Example: meso explain reservation S0000000001 --role eng"})
public final class ExplainReservation implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's id or host, or a beginning or end of the id.")
    private String id = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "Only what is reserved for this role.")
    private String role = "";

    @Option(names = "--json", description = "The answer of the leader as one JSON document.")
    private boolean json;

    /** The command in these surroundings. */
    public ExplainReservation(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return StoryPage.show(
                console,
                masters,
                new Target("/explain/reservation").with("agent", id).with("role", role),
                json);
    }
}
