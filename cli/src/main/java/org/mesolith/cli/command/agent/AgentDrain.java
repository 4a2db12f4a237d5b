package org.mesolith.cli.command.agent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso agent drain}: says whose tasks will end before anything is done. */
@Command(
        description = {
            "Ends the tasks of an agent and offers nothing of it any more, so that its machine can be worked on.",
            "Tasks get their own time to end, at most --grace. Reservations and volumes stay.",
            "It survives a change of the leader. `meso agent reactivate` gives the agent back."
        },
        footer = {"", "Example: meso agent drain S0000000001 --grace 60s --wait 10m"})
public final class AgentDrain implements Callable<Integer> {
    private static final long POLL_NANOS = 500_000_000L;

    private final Console console;

    @Mixin
    private AgentOrder order = new AgentOrder();

    @Option(
            names = "--grace",
            paramLabel = "SPAN",
            description = "Longest time a task gets to end by itself, `30s`, or 0 (default: what each asks for).")
    private @Nullable String grace;

    @Option(names = "--gone", description = "Afterwards the agent is marked gone: it never comes back.")
    private boolean gone;

    @Option(names = "--wait", paramLabel = "SPAN", description = "Waits so long until nothing runs there any more.")
    private @Nullable String wait;

    /** The command in these surroundings. */
    public AgentDrain(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Duration graceMax = grace == null ? null : SpanText.orNone("--grace", grace);
        Duration patience = wait == null ? null : SpanText.read("--wait", wait);
        Operator operator = order.operator(console);
        JsonObject agent = order.find(operator);
        String id = AgentOrder.id(agent);
        tellWhoseTasksEnd(operator, agent);
        if (order.give(console, operator, call(id, graceMax), AgentOrder.name(agent) + " is draining")
                && patience != null) {
            await(operator, id, patience);
        }
        return ExitCode.OK;
    }

    private JsonObject call(String id, @Nullable Duration graceMax) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("agent_id", JsonObject.of("value", id));
        if (graceMax != null) {
            fields.put("max_grace_period", JsonObject.of("seconds", graceMax.toSeconds()));
        }
        if (gone) {
            fields.put("mark_gone", true);
        }
        return JsonObject.of("type", "DRAIN_AGENT", "drain_agent", new JsonObject(fields));
    }

    private void tellWhoseTasksEnd(Operator operator, JsonObject agent) {
        Map<String, Integer> byFramework = tasksByFramework(operator, AgentOrder.id(agent));
        int all = byFramework.values().stream().mapToInt(Integer::intValue).sum();
        console.err().println(all + " tasks run on " + AgentOrder.name(agent) + (all == 0 ? "" : ":"));
        byFramework.forEach((framework, count) -> console.err().println("  " + count + " of framework " + framework));
    }

    private static Map<String, Integer> tasksByFramework(Operator operator, String agent) {
        var counts = new TreeMap<String, Integer>();
        operator.rows("GET_TASKS", "get_tasks", Map.of("tasks", task -> {
            if (task.text("agent_id.value").equals(agent)) {
                counts.merge(task.text("framework_id.value"), 1, Integer::sum);
            }
        }));
        return counts;
    }

    private void await(Operator operator, String id, Duration patience) {
        Deadline deadline = Deadline.after(patience);
        int told = -1;
        while (true) {
            String state = state(operator, id);
            if (!state.equals("DRAINING")) {
                var result = order.isJson() ? console.err() : console.out();
                result.println(id + (state.equals("DRAINED") ? " drained" : " is " + state));
                return;
            }
            int left = tasksByFramework(operator, id).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            if (left != told) {
                told = left;
                console.err().println(left + " tasks are left");
            }
            if (deadline.nanosLeft() <= POLL_NANOS) {
                throw new Failure(
                        ExitCode.DEADLINE,
                        left + " tasks are left on " + id + " after " + SpanText.spoken(patience)
                                + "; it goes on draining. `meso agent show " + id + "` lists them");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** DRAINING, DRAINED, or {@code gone} when the agent is not listed any more. */
    private String state(Operator operator, String id) {
        try {
            return new Lookup(operator).agent(id).text("drain_info.state");
        } catch (Failure unknown) {
            if (gone && unknown.exitCode() == ExitCode.NOT_FOUND) {
                return "gone";
            }
            throw unknown;
        }
    }
}
