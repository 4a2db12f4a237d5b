package org.mesolith.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Waiting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench launch}. */
@Command(
        description = {
            "Launches many tasks through frameworks on the v1 API and measures how many a second run.",
            "From the ACCEPT of a task to the accepted acknowledgement of its TASK_RUNNING, over three masters. The",
            "tasks are simulated by their agents, which do all else as ever: link, checkpoints on disk, updates. With",
            "--processes each task is a process, /bin/true, and counts until its TASK_FINISHED is acknowledged.",
            "Tab-separated values on stdout, one row for each round."
        },
        footer = {"", "Example: meso bench launch --tasks 20000 --agents 50 --frameworks 4 > launch.tsv"})
public final class BenchLaunch implements Callable<Integer> {
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration ROUND_MAX = Duration.ofMinutes(10);

    /** Agents that share a process when their tasks are simulated. */
    private static final int AGENTS_A_PROCESS = 25;

    private final Console console;

    @Option(names = "--tasks", defaultValue = "20000", description = "Tasks of a round (default: ${DEFAULT-VALUE}).")
    private int tasks = 20_000;

    @Option(
            names = "--agents",
            defaultValue = "50",
            description = "Agents; with --processes each is a process (default: ${DEFAULT-VALUE}).")
    private int agents = 50;

    @Option(names = "--frameworks", defaultValue = "4", description = "Frameworks (default: ${DEFAULT-VALUE}).")
    private int frameworks = 4;

    @Option(
            names = "--outstanding",
            defaultValue = "1000",
            description = "Tasks of all frameworks that are accepted and do not run yet (default: ${DEFAULT-VALUE}).")
    private int outstanding = 1_000;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Rounds; the JVMs compile during the first ones (default: ${DEFAULT-VALUE}).")
    private int rounds = 2;

    @Option(names = "--processes", description = "Run each task as a process: /bin/true.")
    private boolean processes;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchLaunch(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (tasks < 1
                || tasks > 100_000
                || agents < 1
                || agents > 200
                || frameworks < 1
                || frameworks > 50
                || rounds < 1
                || rounds > 20
                || outstanding < frameworks) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--tasks must be 1 to 100000, --agents 1 to 200, --frameworks 1 to 50, --rounds 1 to 20,"
                            + " --outstanding at least --frameworks");
        }
        int members = processes ? agents : (agents + AGENTS_A_PROCESS - 1) / AGENTS_A_PROCESS;
        var options = new ArrayList<String>(List.of(
                "--resources=cpus:1000;mem:1000000;disk:1000000;ports:[31000-32000]", "--hostname_lookup=false"));
        if (!processes) {
            options.add("--agents=" + agents / members);
        }
        int present = processes ? agents : agents / members * members;
        var settings = ClusterProcess.Settings.of(3, members)
                .withAgentCommand(processes ? "agent" : "bench-agents")
                .withAgentOptions(options.toArray(new String[0]));
        console.out().println("round\ttasks\tseconds\trate_per_s\tp50_ms\tp99_ms\tmax_ms");
        console.out().flush();
        try (var bench = BenchCluster.start(directory, settings, console.err())) {
            console.err()
                    .println("# " + tasks + " tasks a round, " + frameworks + " frameworks, " + outstanding
                            + " outstanding, " + present + " agents; "
                            + (processes
                                    ? "tasks are processes, /bin/true"
                                    : "TASKS ARE SIMULATED by their agents, in " + members + " processes"));
            var load = new LaunchLoad(bench.masters(), frameworks, outstanding, processes);
            try (load) {
                Waiting.until("all agents", START_MAX, () -> load.awaitAgents(present));
                for (int round = 1; round <= rounds; round++) {
                    row(round, load.run(tasks, Deadline.after(ROUND_MAX)));
                }
            }
        }
        return ExitCode.OK;
    }

    private void row(int round, LaunchLoad.Result result) {
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d\t%d\t%.2f\t%.0f\t%.1f\t%.1f\t%.1f",
                        round,
                        tasks,
                        result.seconds(),
                        tasks / result.seconds(),
                        result.spans().millisAt(0.5),
                        result.spans().millisAt(0.99),
                        result.spans().millisAt(1)));
        console.out().flush();
    }
}
