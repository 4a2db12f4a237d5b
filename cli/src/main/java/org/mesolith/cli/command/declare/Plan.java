package org.mesolith.cli.command.declare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * What a declaration would change, as the leader compared it.
 *
 * @param parts in the order in which they are applied
 */
record Plan(String name, List<JsonObject> parts) {
    private static final String PATH = "/declarations/plan";
    private static final String APPLY = "/declarations/apply";

    static Plan of(Operator operator, JsonObject wish) {
        var answer = operator.question(PATH, wish);
        return new Plan(answer.text("name"), answer.objects("parts"));
    }

    /** Whether an object of the cluster would change. */
    boolean isChanging() {
        return parts.stream().anyMatch(part -> part.isTrue("changing"));
    }

    /** What there is to do, if only to remember what was declared. */
    List<JsonObject> due() {
        return parts.stream().filter(part -> part.isTrue("due")).toList();
    }

    /** Why the cluster would refuse it. */
    List<String> problems() {
        return parts.stream()
                .map(part -> part.text("problem"))
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    /** One line for each object that would change, and how many of each sort. */
    void print(PrintStream out) {
        int added = 0;
        int changed = 0;
        int deleted = 0;
        int kept = 0;
        int taken = 0;
        for (JsonObject part : parts) {
            boolean headed = false;
            for (JsonObject step : part.objects("steps")) {
                String action = step.text("action");
                if (action.equals("keep")) {
                    kept++;
                    taken += step.has("declared") ? 0 : 1;
                    continue;
                }
                if (!headed) {
                    out.println(part.text("kind"));
                    headed = true;
                }
                added += action.equals("add") ? 1 : 0;
                changed += action.equals("change") ? 1 : 0;
                deleted += action.equals("delete") ? 1 : 0;
                print(out, step, action);
            }
        }
        var counts = new ArrayList<String>();
        counts.add(added + " to add");
        counts.add(changed + " to change");
        counts.add(deleted + " to delete");
        counts.add(kept + " as declared");
        out.println(name + ": " + String.join(", ", counts));
        if (taken > 0) {
            out.println(taken + " that are as declared were not declared by `" + name
                    + "` before: from now on it deletes them when they leave the file");
        }
    }

    private static void print(PrintStream out, JsonObject step, String action) {
        String key = step.text("key");
        String seen = step.text("seen");
        String wanted = step.text("wanted");
        out.println(
                switch (action) {
                    case "add" -> "  + " + key + ": " + wanted;
                    case "delete" -> "  - " + key + ": " + seen;
                    default -> "  ~ " + key + ": " + seen + " -> " + wanted;
                });
        String declared = step.text("declared");
        boolean byHand = !declared.isEmpty() && !declared.equals(seen);
        if (byHand) {
            out.println("      somebody else changed it: it was declared as " + declared);
        }
    }

    /** Fails when the cluster would refuse a part. */
    void mustFit() {
        if (!problems().isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED, "refused: " + String.join("; and ", problems()) + "; nothing was changed");
        }
    }

    /** Carries out one part, exactly as it was compared. */
    void apply(Operator operator, JsonObject part) {
        var _ = operator.order(
                APPLY,
                JsonObject.of(
                        "name",
                        name,
                        "kind",
                        part.text("kind"),
                        "revision",
                        part.whole("revision", 0),
                        "changes",
                        part.objects("changes")));
    }

    /** For programs: without what is only for the masters. */
    JsonObject json(boolean applied) {
        var shown = new ArrayList<JsonObject>();
        for (JsonObject part : parts) {
            shown.add(JsonObject.of(
                    "kind",
                    part.text("kind"),
                    "due",
                    part.isTrue("due"),
                    "changing",
                    part.isTrue("changing"),
                    "problem",
                    part.has("problem") ? part.text("problem") : null,
                    "steps",
                    part.objects("steps")));
        }
        return JsonObject.of("name", name, "changing", isChanging(), "applied", applied, "parts", shown);
    }
}
