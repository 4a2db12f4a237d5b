package org.mesolith.cli.command.drain;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.render.Table;

/** What it would mean to empty agents, as the leader tells it. */
final class Outlook {
    private static final String PATH = "/drain/plan";
    private static final int NAMED_MAX = 10;
    private static final int CELL_MAX = 28;

    private final JsonObject told;

    private Outlook(JsonObject told) {
        this.told = told;
    }

    static Outlook of(Operator operator, JsonObject body) {
        return new Outlook(operator.question(PATH, body));
    }

    JsonObject json() {
        return told;
    }

    /** Why it would be refused; empty when it would not be. */
    String problem() {
        return told.text("problem");
    }

    /** Tasks that could not run on. */
    int homeless() {
        return count("stranded") + count("no_room");
    }

    private int count(String fate) {
        return (int) told.objects("tasks").stream()
                .filter(task -> task.text("fate").equals(fate))
                .count();
    }

    void print(PrintStream out) {
        agents(out);
        frameworks(out);
        named(out, "single instances", tasks("single", true));
        named(out, "stranded with their volumes", tasks("fate", "stranded"));
        named(out, "without room elsewhere", tasks("fate", "no_room"));
        named(out, "not looked at", tasks("fate", "not_looked_at"));
        rest(out);
    }

    private void agents(PrintStream out) {
        var table = new Table(out, "BATCH", "AGENT", "HOST", "ZONE", "TASKS", "OFFERS", "VOLUMES");
        for (JsonObject agent : told.objects("agents")) {
            List<String> volumes = agent.objects("volumes").stream()
                    .map(volume -> volume.text("id") + " (" + volume.text("role") + ")")
                    .toList();
            table.row(
                    agent.text("batch"),
                    agent.text("id"),
                    cut(agent.text("host")),
                    cut(agent.text("zone")),
                    agent.text("tasks"),
                    agent.text("offers"),
                    cut(String.join(", ", volumes)));
        }
        table.end();
        long open = asked("inverse_offers_open");
        long answered = asked("inverse_offers_answered");
        if (open + answered > 0) {
            out.println("asked to leave for maintenance: " + open + " open, " + answered + " answered");
        }
    }

    private long asked(String key) {
        return told.objects("agents").stream()
                .mapToLong(agent -> agent.whole(key, 0))
                .sum();
    }

    private static final class Sum {
        int all;
        int fit;
        int stranded;
        int homeless;
        int single;
    }

    private void frameworks(PrintStream out) {
        var sums = new TreeMap<String, TreeMap<String, Sum>>();
        for (JsonObject task : told.objects("tasks")) {
            String name = task.text("framework_name");
            var sum = sums.computeIfAbsent(name.isEmpty() ? task.text("framework") : name, framework -> new TreeMap<>())
                    .computeIfAbsent(task.text("role"), role -> new Sum());
            sum.all++;
            sum.fit += task.text("fate").equals("fits") ? 1 : 0;
            sum.stranded += task.text("fate").equals("stranded") ? 1 : 0;
            sum.homeless += task.text("fate").equals("no_room") ? 1 : 0;
            sum.single += task.isTrue("single") ? 1 : 0;
        }
        if (sums.isEmpty()) {
            out.println("no task would end");
            return;
        }
        out.println();
        var table = new Table(out, "FRAMEWORK", "ROLE", "TASKS", "FIT ELSEWHERE", "STRANDED", "NO ROOM", "SINGLE");
        sums.forEach((framework, roles) -> roles.forEach((role, sum) -> table.row(
                cut(framework),
                cut(role),
                Integer.toString(sum.all),
                Integer.toString(sum.fit),
                Integer.toString(sum.stranded),
                Integer.toString(sum.homeless),
                Integer.toString(sum.single))));
        table.end();
    }

    private List<JsonObject> tasks(String key, Object value) {
        return told.objects("tasks").stream()
                .filter(task -> value.equals(task.at(key)))
                .toList();
    }

    private static void named(PrintStream out, String what, List<JsonObject> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        out.println();
        out.println(what + ":");
        for (JsonObject task : tasks.subList(0, Math.min(NAMED_MAX, tasks.size()))) {
            String text = task.text("fate").equals("fits") ? "fits on " + task.text("text") : task.text("text");
            out.println("  " + cut(task.text("name")) + " (" + cut(task.text("id")) + "): " + text);
        }
        if (tasks.size() > NAMED_MAX) {
            out.println("  and " + (tasks.size() - NAMED_MAX) + " more; --json has all of them");
        }
    }

    private void rest(PrintStream out) {
        out.println();
        var lacking = new ArrayList<String>();
        for (JsonObject role : told.objects("quota")) {
            if (!role.text("lacking").isEmpty()) {
                lacking.add(role.text("role") + " lacks " + role.text("lacking"));
            }
        }
        out.println("quota: " + (lacking.isEmpty() ? "every guarantee holds" : String.join("; ", lacking)));
        out.println("free now:   " + amount("free_before"));
        out.println("free after: " + amount("free_after") + ", with what fits run elsewhere");
        long batches = told.whole("batches", 0);
        out.println("estimate: " + batches + (batches == 1 ? " batch, " : " batches, ")
                + (told.has("seconds_max")
                        ? "at most " + SpanText.spoken(Duration.ofSeconds(told.whole("seconds_max", 0)))
                                + " of grace in all"
                        : "each as long as the longest grace of its tasks"));
        told.texts("remarks").forEach(remark -> out.println("note: " + remark));
    }

    private String amount(String key) {
        return told.text(key).isEmpty() ? "nothing" : told.text(key);
    }

    private static String cut(String text) {
        return text.length() <= CELL_MAX ? text : text.substring(0, CELL_MAX - 1) + "…";
    }
}
