package org.mesolith.cli.command.top;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso top}. */
@Command(
        description = {
            "Shows agents, roles or tasks by what they have of the cluster, and goes on showing it.",
            "Keys: tab the next view, s the next order, up and down (k, j, space, b) scroll, q ends it. Where stdout",
            "is no terminal it prints a table once. A look that takes long is followed by a longer pause."
        },
        footer = {"", "Example: meso top", "         meso top --view tasks --sort mem --once"})
public final class Top implements Callable<Integer> {
    private static final Duration INTERVAL_MIN = Duration.ofMillis(500);
    private static final Duration INTERVAL_MAX = Duration.ofHours(1);

    /** A look may take a tenth of the time: nine times as long nothing is asked. */
    private static final int REST = 9;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--view", paramLabel = "VIEW", defaultValue = "agents", description = "${COMPLETION-CANDIDATES}.")
    private View view = View.AGENTS;

    @Option(names = "--sort", paramLabel = "BY", defaultValue = "cpus", description = "${COMPLETION-CANDIDATES}.")
    private View.Sort sort = View.Sort.CPUS;

    @Option(
            names = "--interval",
            paramLabel = "SPAN",
            defaultValue = "2s",
            description = "From one look to the next (default: ${DEFAULT-VALUE}).")
    private String interval = "2s";

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "50",
            description = "Of the table that is printed once, at most 500 (default: ${DEFAULT-VALUE}).")
    private int rows = 50;

    @Option(names = "--once", description = "Prints a table and ends.")
    private boolean once;

    @Option(names = "--json", description = "The rows as one JSON object, and ends.")
    private boolean json;

    /** The command in these surroundings. */
    public Top(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        var pause = SpanText.atMost("--interval", interval, INTERVAL_MAX);
        if (pause.compareTo(INTERVAL_MIN) < 0) {
            throw new Failure(ExitCode.USAGE, "--interval is `" + interval + "`; give 500ms or more");
        }
        if (rows < 1 || rows > Reading.ROWS_MAX) {
            throw new Failure(ExitCode.USAGE, "--rows is " + rows + "; give 1 to " + Reading.ROWS_MAX);
        }
        Operator operator = masters.operator(console);
        if (once || json || !console.isSeen() || !console.canBeTypedAt()) {
            printOnce(operator);
        } else {
            try (var terminal = Terminal.take(console)) {
                live(operator, terminal, pause);
            }
        }
        return ExitCode.OK;
    }

    private void printOnce(Operator operator) {
        var reading = Reading.of(operator, view, sort);
        List<Row> shown = reading.rows().stream().limit(rows).toList();
        var use = AgentUse.of(shown, addresses(operator, reading));
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "view", view.word(),
                            "at", reading.at().toString(),
                            "count", reading.count(),
                            "allocated", reading.allocated().json(),
                            "total", view == View.AGENTS ? reading.total().json() : null,
                            "rows",
                                    shown.stream()
                                            .map(row -> row.json(view, use))
                                            .toList()));
            return;
        }
        Screen.table(shown, use, view).forEach(console.out()::println);
        if (reading.count() > shown.size()) {
            console.err().println(shown.size() + " of " + reading.count() + " are shown; --rows shows more");
        }
    }

    /** Where the agents of tasks are is asked once: agents come and go more seldom than tasks. */
    private Map<String, HostPort> addresses(Operator operator, Reading reading) {
        if (view != View.TASKS) {
            return reading.addresses();
        }
        var found = new TreeMap<String, HostPort>();
        operator.rows(
                "GET_AGENTS",
                "get_agents",
                Map.of("agents", agent -> found.put(agent.text("agent_info.id.value"), Lookup.address(agent))));
        return found;
    }

    private void live(Operator operator, Terminal terminal, Duration interval) throws InterruptedException {
        int from = 0;
        while (true) {
            var shown = look(operator, terminal, from);
            long until = System.nanoTime() + pause(interval, shown).toNanos();
            boolean again = false;
            while (!again) {
                var key = terminal.key(Math.max(0, until - System.nanoTime()));
                if (key == Terminal.Key.QUIT) {
                    return;
                }
                if (key == Terminal.Key.VIEW || key == Terminal.Key.SORT) {
                    view = key == Terminal.Key.VIEW ? view.next() : view;
                    sort = key == Terminal.Key.SORT ? sort.next() : sort;
                    from = 0;
                }
                if (key != null && shown != null) {
                    from = scrolled(key, from, shown, terminal);
                }
                again = key == null || key == Terminal.Key.VIEW || key == Terminal.Key.SORT;
            }
        }
    }

    private static Duration pause(Duration interval, @Nullable Seen shown) {
        var rest = shown == null ? interval : shown.reading().took().multipliedBy(REST);
        return rest.compareTo(interval) > 0 ? rest : interval;
    }

    private int scrolled(Terminal.Key key, int from, Seen shown, Terminal terminal) {
        var size = terminal.size();
        int page = Screen.rowsThatFit(size.height());
        int step = switch (key) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP -> -page;
            case PAGE_DOWN -> page;
            default -> 0;
        };
        int most = Math.max(0, shown.reading().rows().size() - page);
        int to = Math.clamp(from + step, 0, most);
        if (to != from) {
            terminal.draw(Screen.lines(shown.reading(), shown.use(), view, sort, to, size));
        }
        return to;
    }

    private record Seen(Reading reading, AgentUse use) {}

    /** One look and what is drawn of it; null when no master answered, which is shown instead. */
    private @Nullable Seen look(Operator operator, Terminal terminal, int from) {
        var size = terminal.size();
        try {
            var reading = Reading.of(operator, view, sort);
            var visible = reading.rows().stream()
                    .skip(from)
                    .limit(Math.min(AgentUse.AGENTS_MAX, Screen.rowsThatFit(size.height())))
                    .toList();
            var use = AgentUse.of(visible, addresses(operator, reading));
            terminal.draw(Screen.lines(reading, use, view, sort, from, size));
            return new Seen(reading, use);
        } catch (Failure away) {
            if (away.exitCode() != ExitCode.NO_MASTER) {
                throw away;
            }
            var lines = ("meso top: " + away.sentence() + "\nit goes on when a master leads; q ends it")
                    .lines()
                    .map(line -> line.substring(0, Math.min(line.length(), size.width())))
                    .limit(size.height())
                    .toList();
            terminal.draw(lines);
            return null;
        }
    }
}
