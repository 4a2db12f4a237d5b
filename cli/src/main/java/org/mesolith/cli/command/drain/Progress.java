package org.mesolith.cli.command.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.LiveLine;
import org.mesolith.cli.console.Similar;

/** Plans as they are shown, and followed until they are over. */
final class Progress {
    static final String PATH = "/drain";

    private static final long POLL_NANOS = 500_000_000L;
    private static final int BAR_CHARS = 20;

    private Progress() {}

    static JsonObject plan(Operator operator, String id) {
        try {
            return operator.page(PATH + "?id=" + id).objects("plans").getFirst();
        } catch (Failure unknown) {
            throw unknown.exitCode() == ExitCode.NOT_FOUND ? noPlan(operator, id, unknown) : unknown;
        }
    }

    private static Failure noPlan(Operator operator, String id, Failure unknown) {
        List<String> plans = operator.page(PATH).objects("plans").stream()
                .map(plan -> plan.text("id"))
                .toList();
        return new Failure(
                ExitCode.NOT_FOUND,
                "there is no drain plan `" + id + "`" + Similar.hint(id, plans)
                        + (plans.isEmpty() ? "; there is none at all" : "; `meso drain status` lists them"),
                unknown);
    }

    static int count(JsonObject plan, String step) {
        return (int) plan.objects("agents").stream()
                .filter(agent -> agent.text("step").equals(step))
                .count();
    }

    /** Agents of which nothing is to come: drained, passed over, gone, in use again. */
    static int over(JsonObject plan) {
        return plan.objects("agents").size() - count(plan, "waiting") - count(plan, "draining");
    }

    /** Tasks that are being ended. */
    static long tasksEnding(JsonObject plan) {
        return plan.objects("agents").stream()
                .filter(agent -> agent.text("step").equals("draining"))
                .mapToLong(agent -> agent.whole("tasks", 0))
                .sum();
    }

    /** {@code D7 running [########............] 4 of 10 agents, batch 2 of 5, 12 tasks end}. */
    static String line(JsonObject plan) {
        int all = plan.objects("agents").size();
        int over = over(plan);
        int full = all == 0 ? BAR_CHARS : BAR_CHARS * over / all;
        long batch = plan.whole("batch", 0);
        return plan.text("id") + " " + plan.text("state") + " [" + "#".repeat(full) + ".".repeat(BAR_CHARS - full)
                + "] " + over + " of " + all + " agents"
                + (batch == 0 ? "" : ", batch " + batch + " of " + plan.text("batches"))
                + (tasksEnding(plan) == 0 ? "" : ", " + tasksEnding(plan) + " tasks end");
    }

    /**
     * Waits until the plan is over, over changes of the leader; shows how far it is whenever that changes. It goes on
     * by itself, also when nobody waits.
     */
    static int await(Console console, Operator operator, String id, Duration within) {
        try (var live = new LiveLine(console)) {
            return await(live, operator, id, within);
        }
    }

    private static int await(LiveLine live, Operator operator, String id, Duration within) {
        var deadline = Deadline.after(within);
        while (true) {
            String line;
            String state = "";
            try {
                JsonObject plan = plan(operator, id);
                line = line(plan);
                state = plan.text("state");
            } catch (Failure away) {
                if (away.exitCode() != ExitCode.NO_MASTER) {
                    throw away;
                }
                line = "no master leads at present; the plan goes on when one does";
            }
            live.show(line);
            switch (state) {
                case "done" -> {
                    return ExitCode.OK;
                }
                case "late", "cancelled" ->
                    throw new Failure(
                            ExitCode.FAILED,
                            id + " is " + state + " and not everything is drained; `meso drain status " + id
                                    + "` shows each agent");
                default -> {
                    if (deadline.nanosLeft() <= POLL_NANOS) {
                        throw new Failure(
                                ExitCode.DEADLINE,
                                id + " is not over after " + SpanText.spoken(within) + "; it goes on. `meso drain"
                                        + " status " + id + "` shows it, `meso drain cancel " + id + "` takes it back");
                    }
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        }
    }
}
