package org.mesolith.cli.command.explain;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso what-if}. */
@Command(
        description = {
            "Tries changes on a copy of the live cluster, with the allocator that makes the offers: who gains, who",
            "loses, who starves, and whether guarantees hold. Nothing is written. Both sides are as if every",
            "framework that wants offers took all it is offered."
        },
        footer = {
            "",
            "Example: meso what-if --set-weight eng=2 --add-agents 10 --like S0000000001",
            "         meso what-if --set-quota eng=guarantees=cpus:8,limits=cpus:16;mem:65536"
        })
public final class WhatIf implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--set-quota",
            paramLabel = "ROLE=guarantees=…,limits=…",
            description = "Replaces the quota of a top-level role; what is left out is none.")
    private List<String> quotas = List.of();

    @Option(names = "--set-weight", paramLabel = "ROLE=WEIGHT", description = "Sets the weight of a role.")
    private List<String> weights = List.of();

    @Option(names = "--remove-agent", paramLabel = "ID", description = "The agent is gone with everything on it.")
    private List<String> removed = List.of();

    @Option(names = "--drain", paramLabel = "ID", description = "The agent is emptied and no longer offered.")
    private List<String> drained = List.of();

    @Option(names = "--add-agents", paramLabel = "N", description = "So many more agents, each --like another one.")
    private int added;

    @Option(names = "--like", paramLabel = "ID", description = "What the added agents are like.")
    private String like = "";

    @Option(
            names = "--add-framework",
            paramLabel = "NAME=ROLE",
            description = "One more framework that wants any offer for the role.")
    private List<String> frameworks = List.of();

    @Option(
            names = "--file",
            paramLabel = "YAML",
            description = "Changes from a file; they come first. docs/operations/what-if.md shows one.")
    private @Nullable Path file;

    @Option(names = "--json", description = "The answer of the leader as one JSON document.")
    private boolean json;

    /** The command in these surroundings. */
    public WhatIf(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<JsonObject> changes = changes();
        if (changes.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE, "nothing to try; give a change, for example --set-weight eng=2 or --file FILE");
        }
        JsonObject answer = masters.operator(console).question("/what-if", JsonObject.of("changes", changes));
        if (json) {
            JsonOutput.print(console.out(), answer);
        } else {
            print(console.out(), answer);
        }
        return ExitCode.OK;
    }

    private List<JsonObject> changes() {
        var changes = new ArrayList<JsonObject>();
        if (file != null) {
            changes.addAll(ChangeFile.read(file));
        }
        quotas.forEach(text -> changes.add(JsonObject.of("set_quota", quota(text))));
        for (String text : weights) {
            String[] pair = pair("--set-weight", text, "ads=2");
            changes.add(JsonObject.of("set_weight", JsonObject.of("role", pair[0], "weight", weight(text, pair[1]))));
        }
        removed.forEach(id -> changes.add(JsonObject.of("remove_agent", JsonObject.of("agent", id))));
        drained.forEach(id -> changes.add(JsonObject.of("drain", JsonObject.of("agent", id))));
        if (added != 0 || !like.isEmpty()) {
            if (added < 1 || like.isEmpty()) {
                throw new Failure(ExitCode.USAGE, "--add-agents N and --like ID go together, with N from 1");
            }
            changes.add(JsonObject.of("add_agents", JsonObject.of("count", (long) added, "like", like)));
        }
        for (String text : frameworks) {
            String[] pair = pair("--add-framework", text, "spark=eng");
            changes.add(JsonObject.of("add_framework", JsonObject.of("name", pair[0], "role", pair[1])));
        }
        return changes;
    }

    private static JsonObject quota(String text) {
        String[] pair = pair("--set-quota", text, "eng=guarantees=cpus:8,limits=cpus:16");
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("role", pair[0]);
        for (String part : pair[1].split(",", -1)) {
            String[] inner = pair("--set-quota", part, "eng=guarantees=cpus:8,limits=cpus:16");
            if (!inner[0].equals("guarantees") && !inner[0].equals("limits")) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--set-quota has no `" + inner[0] + "`; there are guarantees and limits, as in"
                                + " eng=guarantees=cpus:8,limits=cpus:16");
            }
            if (inner[1].indexOf('=') >= 0) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--set-quota " + text + ": `" + inner[1] + "` is no list of amounts; a comma stands between"
                                + " guarantees and limits, as in eng=guarantees=cpus:8,limits=cpus:16");
            }
            fields.put(inner[0], inner[1]);
        }
        return new JsonObject(fields);
    }

    private static String[] pair(String option, String text, String example) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new Failure(ExitCode.USAGE, option + " " + text + " lacks a `=`; for example " + example);
        }
        return new String[] {text.substring(0, equals), text.substring(equals + 1)};
    }

    private static double weight(String text, String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException notANumber) {
            throw new Failure(ExitCode.USAGE, "--set-weight " + text + " is not ROLE=WEIGHT", notANumber);
        }
    }

    private static void print(PrintStream out, JsonObject answer) {
        out.println("as of " + answer.text("at") + "; nothing was changed");
        answer.texts("remarks").forEach(remark -> out.println("note: " + Visible.text(remark)));
        out.println();
        var roles = new Table(out, "ROLE", "FATE", "WEIGHT", "SHARE NOW", "SHARE BEFORE", "SHARE AFTER", "CHANGE");
        for (JsonObject role : answer.objects("roles")) {
            roles.row(
                    role.text("role"),
                    fate(role),
                    weights(role),
                    percent(role.number("share_now", 0)),
                    percent(role.number("share_before", 0)),
                    percent(role.number("share_after", 0)),
                    change(role));
        }
        roles.end();
        out.println();
        var frameworks = new Table(out, "FRAMEWORK", "NAME", "FATE", "BEFORE", "AFTER");
        for (JsonObject framework : answer.objects("frameworks")) {
            frameworks.row(
                    framework.text("framework"),
                    framework.text("name"),
                    fate(framework),
                    Amounts.text(framework.object("before")),
                    Amounts.text(framework.object("after")));
        }
        frameworks.end();
        guarantees(out, answer.objects("guarantees"));
        out.println();
        out.println("unused: " + Amounts.text(answer.object("unused_before")) + " before, "
                + Amounts.text(answer.object("unused_after")) + " after");
    }

    private static void guarantees(PrintStream out, List<JsonObject> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.println();
        var table = new Table(out, "QUOTA OF", "HOLDS", "GUARANTEE", "LIMIT", "CONSUMED", "WHY");
        for (JsonObject line : lines) {
            String over = Amounts.text(line.object("over_limit"));
            table.row(
                    line.text("role"),
                    line.isTrue("holds") ? "yes" : "NO, lacks " + Amounts.text(line.object("lacking")),
                    Amounts.text(line.object("guarantee")),
                    Amounts.text(line.object("limit")) + (over.equals("-") ? "" : " (over by " + over + ")"),
                    Amounts.text(line.object("consumed")),
                    line.text("why"));
        }
        table.end();
    }

    private static String fate(JsonObject line) {
        return line.text("fate").toLowerCase(Locale.ROOT);
    }

    private static String weights(JsonObject role) {
        String before = Texts.decimal(role.number("weight_before", 1));
        String after = Texts.decimal(role.number("weight_after", 1));
        return before.equals(after) ? before : before + " -> " + after;
    }

    private static String change(JsonObject role) {
        String before = Amounts.text(role.object("before"));
        String after = Amounts.text(role.object("after"));
        return before.equals(after) ? before : before + " -> " + after;
    }

    private static String percent(double share) {
        return Texts.decimal(share * 100) + " %";
    }
}
