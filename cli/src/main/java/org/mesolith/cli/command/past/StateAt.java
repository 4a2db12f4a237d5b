package org.mesolith.cli.command.past;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import org.mesolith.replay.Picture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso state}. */
@Command(
        description = {
            "Shows what the cluster was at a moment of its past: agents, frameworks, tasks, quota, weights.",
            "It is computed on this machine out of backups, snapshots and the log. Without --backup and --log a master",
            "hands out what it still holds.",
            "What is no longer held is refused, with what is."
        },
        footer = {"", "Example: meso state --at 1h --log /var/lib/mesolith --kind task"})
public final class StateAt implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PastOptions past = new PastOptions();

    @Option(
            names = "--at",
            paramLabel = "MOMENT",
            required = true,
            description = "An index of the log, a time (2026-03-01T12:00:00Z), a time back such as 30m, 1h or 7d, or "
                    + "`end`.")
    private String at = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only these: agent, framework, task, quota, weight, maintenance, member, cluster; may "
                    + "be given "
                    + "again.")
    private List<String> kinds = new ArrayList<>();

    @Option(names = "--json", description = "JSON for programs.")
    private boolean json;

    /** The command in these surroundings. */
    public StateAt(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var until = Moment.read(at);
        try (var opened = past.open(console)) {
            var found = opened.at(until);
            var things = Picture.of(found.registry()).things();
            if (json) {
                var fields = PastText.json(found);
                var all = new ArrayList<JsonObject>();
                things.forEach((thing, text) -> {
                    if (isWanted(thing)) {
                        all.add(JsonObject.of("kind", thing.kind(), "id", thing.id(), "state", text));
                    }
                });
                fields.put("state", all);
                JsonOutput.print(console.out(), new JsonObject(fields));
                return ExitCode.OK;
            }
            PastText.print(console.out(), found);
            var table = Table.of(console, "KIND", "ID", "STATE");
            things.forEach((thing, text) -> {
                if (isWanted(thing)) {
                    table.row(thing.kind(), thing.id(), text);
                }
            });
            table.end();
            return ExitCode.OK;
        }
    }

    private boolean isWanted(Picture.Thing thing) {
        return kinds.isEmpty() || kinds.contains(thing.kind());
    }
}
