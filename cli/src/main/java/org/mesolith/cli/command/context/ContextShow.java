package org.mesolith.cli.command.context;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso context show}. */
@Command(
        description = "Shows which masters the other commands talk to, and who said so.",
        footer = {"", "Example: meso context show"})
public final class ContextShow implements Callable<Integer> {

    private final Console console;

    @Option(names = "--json", description = "The masters and their source as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public ContextShow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        MasterList list = MasterList.find("", console);
        var texts = new ArrayList<String>();
        list.masters().forEach(master -> texts.add(master.toString()));
        if (json) {
            JsonOutput.print(console.out(), JsonObject.of("masters", texts, "source", list.source()));
            return ExitCode.OK;
        }
        var table = Table.of(console, "MASTER", "SOURCE");
        texts.forEach(master -> table.row(master, list.source()));
        table.end();
        return ExitCode.OK;
    }
}
