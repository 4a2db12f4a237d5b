package org.mesolith.cli.command.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso events}. */
@Command(
        description = {
            "Shows what changed in the cluster, in the order of the log, from any master.",
            "Each event has a token; --since TOKEN goes on exactly behind it, also at another master."
        },
        footer = {"", "Example: meso events --since 1h --kind agent --follow"})
public final class Events implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "A token, a time back such as 30m, 1h or 7d, or `oldest` for all that is kept; else 1h, and "
                    + "from now on with --follow.")
    private String since = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only this kind (task_added) or family (task); may be given again.")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on as things happen, over changes of the leader; --timeout is how long no master may "
                    + "answer.")
    private boolean follow;

    @Option(names = "--stale", description = "As far as the master that is asked has it; works without a leader.")
    private boolean stale;

    @Option(names = "--json", description = "One JSON document a line.")
    private boolean json;

    /** The command in these surroundings. */
    public Events(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var from = since.isEmpty() && !follow ? "1h" : since;
        var feed = new EventFeed(masters.list(console), masters.timeout(), from, kinds, stale, this::remark);
        feed.read(follow, event -> {
            print(event);
            return !console.out().checkError();
        });
        return ExitCode.OK;
    }

    private void print(JsonObject event) {
        if (json) {
            JsonRow.print(console.out(), event);
            return;
        }
        var facts = new StringBuilder();
        event.object("facts")
                .fields()
                .forEach((name, value) ->
                        facts.append("  ").append(name).append('=').append(value));
        console.out()
                .println(event.text("time") + "  " + event.text("token") + "  " + event.text("kind") + "  "
                        + event.text("subject") + facts);
    }

    private void remark(String text) {
        if (follow) {
            console.err().println("meso: " + text);
        }
    }
}
