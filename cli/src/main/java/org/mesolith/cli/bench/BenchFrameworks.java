package org.mesolith.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.ProcessUse;
import org.mesolith.process.Waiting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench frameworks}. */
@Command(
        description = {
            "Measures masters that many frameworks talk to: frameworks that subscribe and decline everything, one that",
            "launches beside them, their return after the leader is killed, a RECONCILE of very many tasks, and",
            "streams on which nothing happens. Over three masters; the agents' tasks are simulated.",
            "As tab-separated values on stdout; a step with 0 of its own is left out."
        },
        footer = {"", "Example: meso bench frameworks --frameworks 1000 --agents 1000 > frameworks.tsv"})
public final class BenchFrameworks implements Callable<Integer> {
    private static final int COUNT_MAX = 100_000;
    private static final Duration STEP_MAX = Duration.ofMinutes(10);
    private static final Duration CALM_MAX = Duration.ofSeconds(30);

    /** Agents that share a process. */
    private static final int AGENTS_A_PROCESS = 100;

    /** Tasks of the framework that will reconcile which are accepted and do not run yet. */
    private static final int OUTSTANDING = 1_000;

    private final Console console;

    @Option(
            names = "--frameworks",
            defaultValue = "1000",
            description = "Frameworks that decline (default: ${DEFAULT-VALUE}).")
    private int frameworks = 1_000;

    @Option(names = "--agents", defaultValue = "1000", description = "Agents (default: ${DEFAULT-VALUE}).")
    private int agents = 1_000;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Measured time of declining, after as long a warm-up (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(
            names = "--tasks",
            defaultValue = "100000",
            description = "Tasks of the framework that reconciles (default: ${DEFAULT-VALUE}).")
    private int tasks = 100_000;

    @Option(
            names = "--streams",
            defaultValue = "10000",
            description = "Streams on which nothing happens (default: ${DEFAULT-VALUE}).")
    private int streams = 10_000;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchFrameworks(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        for (int count : List.of(frameworks, tasks, streams)) {
            if (count < 0 || count > COUNT_MAX) {
                throw wrong();
            }
        }
        if (agents < 1 || agents > COUNT_MAX || seconds < 1) {
            throw wrong();
        }
        console.out().println("step\tvalue\tdetail");
        console.out().flush();
        if (frameworks > 0) {
            try (var bench = start("declining", agents)) {
                declining(bench);
            }
        }
        if (tasks > 0) {
            try (var bench = start("reconciling", Math.min(agents, AGENTS_A_PROCESS))) {
                reconciling(bench);
            }
        }
        if (streams > 0) {
            try (var bench = BenchCluster.start(below("idling"), ClusterProcess.Settings.of(3, 0), console.err())) {
                idling(bench);
            }
        }
        return ExitCode.OK;
    }

    private static Failure wrong() {
        return new Failure(
                ExitCode.USAGE,
                "--frameworks, --tasks and --streams must be 0 to " + COUNT_MAX + ", --agents 1 to " + COUNT_MAX
                        + ", --seconds above 0");
    }

    private static int processes(int present) {
        return (present + AGENTS_A_PROCESS - 1) / AGENTS_A_PROCESS;
    }

    /** As many in each process; what does not divide is left out. */
    private static int started(int present) {
        return present / processes(present) * processes(present);
    }

    /** Each step has a cluster of its own. */
    private String below(String step) {
        return directory.isEmpty() ? "" : directory + "/" + step;
    }

    private BenchCluster start(String step, int present) {
        int processes = processes(present);
        var settings = ClusterProcess.Settings.of(3, processes)
                .withAgentCommand("bench-agents")
                .withAgentOptions(
                        "--resources=cpus:1000;mem:1000000;disk:1000000;ports:[31000-32000]",
                        "--hostname_lookup=false",
                        "--agents=" + present / processes);
        console.err()
                .println("# TASKS ARE SIMULATED by " + present / processes + " agents in each of " + processes
                        + " processes");
        return BenchCluster.start(below(step), settings, console.err());
    }

    private void declining(BenchCluster bench) {
        var masters = bench.masters();
        var leader = bench.cluster().awaitLeader(STEP_MAX);
        int present = MasterCalls.activeAgents(leader);
        long began = System.nanoTime();
        try (var crowd = new Crowd(masters, frameworks, "crowd", STEP_MAX)) {
            line("subscribe", since(began), "s until " + frameworks + " frameworks were subscribed, 100 at a time");
            var seen = new AtomicInteger();
            Waiting.until("all agents", STEP_MAX, () -> {
                bench.requireAgents();
                int active = MasterCalls.activeAgents(leader);
                seen.set(active);
                return active >= started(agents) ? "" : active + " are active";
            });
            line("agents", seen.get(), "active, of which " + present + " before the frameworks");
            try (var warm = new SteadyLaunches(masters)) {
                warm.run(Duration.ofSeconds(seconds));
            }
            measure(masters, leader, crowd);
            int before = crowd.subscriptions();
            began = System.nanoTime();
            leader.process().killNow();
            crowd.awaitSubscriptions(before + frameworks, STEP_MAX);
            line("failover", since(began), "s from SIGKILL of the leader until the last of them was subscribed again");
        }
    }

    private void measure(MasterList masters, Member leader, Crowd crowd) {
        var used = ProcessUse.processor(leader);
        var seen = crowd.seen();
        long began = System.nanoTime();
        try (var steady = new SteadyLaunches(masters)) {
            steady.run(Duration.ofSeconds(seconds));
            double took = since(began);
            var now = crowd.seen();
            double share = ProcessUse.processor(leader).minus(used).toNanos() / 1e9 / took;
            line("leader", 100 * share, "% of a core while " + frameworks + " frameworks decline");
            line("offers", (now.offers() - seen.offers()) / took, "a second to them");
            line("declines", (now.declines() - seen.declines()) / took, "calls a second by them");
            line("launches", steady.answered().count() / took, "a second, one after the other, beside them");
            line("accept p50", steady.answered().millisAt(0.5), "ms until an ACCEPT was answered");
            line("accept p99", steady.answered().millisAt(0.99), "ms");
            line("running p50", steady.running().millisAt(0.5), "ms from ACCEPT until TASK_RUNNING came");
            line("running p99", steady.running().millisAt(0.99), "ms");
        }
    }

    private void reconciling(BenchCluster bench) {
        try (var load = new LaunchLoad(bench.masters(), 1, OUTSTANDING, false)) {
            Waiting.until("an agent", STEP_MAX, () -> load.awaitAgents(1));
            var launched = load.run(tasks, Deadline.after(STEP_MAX));
            line("launch", launched.seconds(), "s for " + tasks + " tasks, with one connection that accepts");
            for (int round = 1; round <= 3; round++) {
                line("reconcile all", load.reconcile(false, Deadline.after(STEP_MAX)), "s, round " + round);
                line("reconcile named", load.reconcile(true, Deadline.after(STEP_MAX)), "s, round " + round);
            }
        }
    }

    private void idling(BenchCluster bench) {
        var leader = bench.cluster().awaitLeader(STEP_MAX);
        var follower = bench.cluster().masters().stream()
                .filter(master -> !master.equals(leader))
                .findFirst()
                .orElseThrow();
        // What the code and the first streams need once is not part of a stream.
        try (var first = new Crowd(bench.masters(), 100, "first", STEP_MAX)) {
            Calm.await(bench.cluster().masters(), CALM_MAX);
            long leaders = ProcessUse.memory(leader);
            long followers = ProcessUse.memory(follower);
            try (var crowd = new Crowd(bench.masters(), streams, "idle", STEP_MAX)) {
                Calm.await(bench.cluster().masters(), CALM_MAX);
                double leads = (ProcessUse.memory(leader) - leaders) / 1024.0 / streams;
                double follows = (ProcessUse.memory(follower) - followers) / 1024.0 / streams;
                line("stream", leads, "KiB of the leader for each of " + crowd.subscriptions() + " streams");
                line("framework", follows, "KiB of a follower, which has the frameworks but no streams");
                line("first streams", first.subscriptions(), "were there before");
            }
        }
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private void line(String step, double value, String detail) {
        console.out().println(String.format(Locale.ROOT, "%s\t%.2f\t%s", step, value, detail));
        console.out().flush();
    }
}
