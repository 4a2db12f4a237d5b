package org.mesolith.cli.command.explain;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso explain offers}. */
@Command(
        description = {
            "Explains why a framework is or is not offered agents, with the allocator that makes the offers.",
            "Agents with the same verdict are one group; for the first agent of each, what would change it."
        },
        footer = {
            "",
            "Example: meso explain offers --framework spark --role eng",
            "         meso explain offers --framework spark --agent S0000000001"
        })
public final class ExplainOffers implements Callable<Integer> {
    private static final int NAMES_A_LINE = 6;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--framework",
            required = true,
            paramLabel = "ID",
            description = "The framework's id or name, or a beginning or end of the id.")
    private String framework = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "Only this role, also one it is not subscribed to.")
    private String role = "";

    @Option(
            names = "--agent",
            paramLabel = "ID",
            description = "Only this agent: everything that is in the way, in order.")
    private String agent = "";

    @Option(names = "--names", description = "Names all agents of each group.")
    private boolean names;

    @Option(names = "--json", description = "The answer of the leader as one JSON document.")
    private boolean json;

    /** The command in these surroundings. */
    public ExplainOffers(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var target = new Target("/explain/offers")
                .with("framework", framework)
                .with("role", role)
                .with("agent", agent)
                .with("names", names ? "true" : "");
        JsonObject answer = masters.operator(console).page(target.toString());
        if (json) {
            JsonOutput.print(console.out(), answer);
            return ExitCode.OK;
        }
        print(console.out(), answer);
        return ExitCode.OK;
    }

    private void print(PrintStream out, JsonObject answer) {
        out.println("framework " + answer.text("framework") + " (" + Visible.text(answer.text("framework_name")) + "), "
                + count(answer.whole("agents", 0)) + ", at " + answer.text("at"));
        if (answer.objects("roles").isEmpty()) {
            out.println("It has no role, so nothing is offered to it.");
        }
        for (JsonObject standing : answer.objects("roles")) {
            out.println();
            out.println(standing(standing));
            for (JsonObject group : answer.objects("groups")) {
                if (group.text("role").equals(standing.text("role"))) {
                    group(out, group);
                }
            }
        }
        long left = answer.whole("groups_left_out", 0);
        if (left > 0) {
            out.println(left + " smaller groups are not shown; name a role or an agent");
        }
    }

    private static String standing(JsonObject role) {
        var text = new StringBuilder("role " + role.text("role") + ": share "
                + Texts.decimal(role.number("share", 0) * 100) + " %, weight "
                + Texts.decimal(role.number("weight", 1)));
        String guarantee = Amounts.text(role.object("guarantee"));
        String limit = Amounts.text(role.object("limit"));
        if (!guarantee.equals("-") || !limit.equals("-")) {
            text.append(", guarantee ")
                    .append(guarantee)
                    .append(", limit ")
                    .append(limit)
                    .append(", consumed ")
                    .append(Amounts.text(role.object("consumed")));
        }
        return text.toString();
    }

    private void group(PrintStream out, JsonObject group) {
        out.println("  " + count(group.whole("agents", 0)) + "  " + group.text("verdict"));
        out.println("      why:    " + Visible.text(group.text("reason")));
        if (group.has("example")) {
            example(out, group, group.object("example"));
        } else {
            out.println("      change: not worked out, there was no time; ask about one agent with --agent");
        }
        if (names) {
            List<String> all = group.texts("names");
            for (int from = 0; from < all.size(); from += NAMES_A_LINE) {
                out.println("      " + String.join(" ", all.subList(from, Math.min(all.size(), from + NAMES_A_LINE))));
            }
        }
    }

    private void example(PrintStream out, JsonObject group, JsonObject example) {
        List<JsonObject> blockers = example.objects("blockers");
        String verdict = group.text("verdict");
        if (verdict.equals("OFFERED") || verdict.equals("HOLDS_OFFER")) {
            return;
        }
        String who = " (worked out for agent " + example.text("agent") + ")";
        if (blockers.isEmpty()) {
            out.println("      change: none is needed: a round over one of these agents alone offers it; in a round"
                    + " over all of them what is given first is in the way" + who);
            return;
        }
        boolean first = true;
        for (JsonObject blocker : blockers) {
            String change = blocker.has("change") ? blocker.text("change") : "nobody can change that";
            if (!first || !blocker.text("verdict").equals(verdict)) {
                out.println("      then:   " + blocker.text("verdict") + ": " + Visible.text(blocker.text("reason")));
            }
            out.println("      change: " + Visible.text(change) + (first ? who : ""));
            first = false;
        }
        if (!example.isTrue("flips")) {
            out.println("      These changes are not enough; no other is known.");
        }
    }

    private static String count(long agents) {
        return String.format(Locale.ROOT, "%,d", agents) + (agents == 1 ? " agent" : " agents");
    }
}
