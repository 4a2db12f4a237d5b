package org.mesolith.cli.command.explain;

import java.util.concurrent.Callable;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso explain task}. */
@Command(
        description = "Explains why a task is in its state: what was heard of it last, and where it is.",
        footer = {"", "Example: meso explain task run-7f3a"})
public final class ExplainTask implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "TASK", description = "The task's whole id.")
    private String id = "";

    @Option(names = "--framework", paramLabel = "ID", description = "Its framework, where several have such a task.")
    private String framework = "";

    @Option(names = "--json", description = "The answer of the leader as one JSON document.")
    private boolean json;

    /** The command in these surroundings. */
    public ExplainTask(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return StoryPage.show(
                console, masters, new Target("/explain/task").with("id", id).with("framework", framework), json);
    }
}
