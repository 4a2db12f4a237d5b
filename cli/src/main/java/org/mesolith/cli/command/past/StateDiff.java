package org.mesolith.cli.command.past;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import org.mesolith.replay.Picture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso state diff}. */
@Command(
        description = {
            "Shows what is not the same at two moments of the cluster's past.",
            "A moment is an index of the log, a time (2026-03-01T12:00:00Z), a time back such as 30m, or `end`.",
            "Without --backup and --log a master hands out what it still holds."
        },
        footer = {"", "Example: meso state diff 2h 1h --log /var/lib/mesolith"})
public final class StateDiff implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PastOptions past = new PastOptions();

    @Parameters(index = "0", paramLabel = "A", description = "The one moment.")
    private String former = "";

    @Parameters(index = "1", paramLabel = "B", description = "The other.")
    private String later = "";

    @Option(names = "--json", description = "JSON for programs.")
    private boolean json;

    /** The command in these surroundings. */
    public StateDiff(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var from = Moment.read(former);
        var to = Moment.read(later);
        try (var opened = past.open(console)) {
            var one = opened.at(from);
            var other = opened.at(to);
            var found = Picture.of(one.registry()).differences(Picture.of(other.registry()));
            if (json) {
                var all = new ArrayList<JsonObject>();
                for (var difference : found) {
                    all.add(JsonObject.of(
                            "kind", difference.thing().kind(),
                            "id", difference.thing().id(),
                            "before", difference.before(),
                            "after", difference.after()));
                }
                var fields = new LinkedHashMap<String, @Nullable Object>();
                fields.put("from", new JsonObject(PastText.json(one)));
                fields.put("to", new JsonObject(PastText.json(other)));
                fields.put("differences", all);
                JsonOutput.print(console.out(), new JsonObject(fields));
                return ExitCode.OK;
            }
            console.out()
                    .println("from index " + one.index() + " (" + one.registry().time() + ") to index " + other.index()
                            + " (" + other.registry().time() + "): " + found.size() + " differences");
            var table = Table.of(console, "", "KIND", "ID", "STATE");
            found.forEach(difference -> row(table, difference));
            table.end();
            return ExitCode.OK;
        }
    }

    private static void row(Table table, Picture.Difference difference) {
        var before = difference.before();
        var after = difference.after();
        var thing = difference.thing();
        if (before == null) {
            table.row("+", thing.kind(), thing.id(), String.valueOf(after));
        } else if (after == null) {
            table.row("-", thing.kind(), thing.id(), before);
        } else {
            table.row("~", thing.kind(), thing.id(), before + " -> " + after);
        }
    }
}
