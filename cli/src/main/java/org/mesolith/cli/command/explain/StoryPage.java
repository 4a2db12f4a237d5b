package org.mesolith.cli.command.explain;

import java.io.PrintStream;
import java.util.List;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;

/** Asks the leader how one thing stands, and shows the answer. */
final class StoryPage {
    private StoryPage() {}

    static int show(Console console, MasterOptions masters, Target target, boolean json) {
        JsonObject story = masters.operator(console).page(target.toString());
        if (json) {
            JsonOutput.print(console.out(), story);
        } else {
            print(console.out(), story);
        }
        return ExitCode.OK;
    }

    private static void print(PrintStream out, JsonObject story) {
        out.println(Visible.text(story.text("subject")) + ": " + story.text("state"));
        story.texts("because").forEach(sentence -> out.println("  " + Visible.text(sentence)));
        out.println();
        JsonObject facts = story.object("facts");
        var table = new Table(out, "FACT", "VALUE");
        facts.fields()
                .keySet()
                .forEach(name -> table.row(name, String.valueOf(facts.fields().get(name))));
        table.end();
        List<JsonObject> items = story.objects("items");
        if (!items.isEmpty()) {
            out.println();
            var list = new Table(out, "WHAT", "NAME", "OF", "SAYS");
            items.forEach(
                    item -> list.row(item.text("kind"), item.text("name"), item.text("owner"), item.text("text")));
            list.end();
        }
        long left = story.whole("items_left_out", 0);
        if (left > 0) {
            out.println(left + " more are not shown");
        }
    }
}
