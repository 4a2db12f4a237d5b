package org.mesolith.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench reads}. */
@Command(
        description = {
            "Measures reads of everything: how long a GET_STATE takes, and what clients that ask for it again",
            "and again do to durable writes. Over three masters; the agents' tasks are simulated.",
            "Writes are measured without and with the readers in turn. As tab-separated values on stdout."
        },
        footer = {"", "Example: meso bench reads --agents 1000 --tasks 10000 --readers 100 > reads.tsv"})
public final class BenchReads implements Callable<Integer> {
    private static final int COUNT_MAX = 200_000;
    private static final Duration STEP_MAX = Duration.ofMinutes(15);

    /** Tasks that are accepted and do not run yet. */
    private static final int OUTSTANDING = 1_000;

    /** Reads one after the other of each kind. */
    private static final int ALONE = 15;

    private final Console console;

    @Option(names = "--agents", defaultValue = "1000", description = "Agents (default: ${DEFAULT-VALUE}).")
    private int agents = 1_000;

    @Option(
            names = "--agents-a-process",
            defaultValue = "250",
            description = "Agents that share a process (default: ${DEFAULT-VALUE}).")
    private int together = 250;

    @Option(names = "--tasks", defaultValue = "10000", description = "Running tasks (default: ${DEFAULT-VALUE}).")
    private int tasks = 10_000;

    @Option(
            names = "--readers",
            defaultValue = "100",
            description = "Clients that ask for the state; 0: only reads one after the other (default:"
                    + " ${DEFAULT-VALUE}).")
    private int readers = 100;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How often each of them asks (default: ${DEFAULT-VALUE}).")
    private int everySeconds = 10;

    @Option(names = "--writers", defaultValue = "4", description = "Clients that write (default: ${DEFAULT-VALUE}).")
    private int writers = 4;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Measured time of each turn (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(names = "--turns", defaultValue = "3", description = "Turns of each kind (default: ${DEFAULT-VALUE}).")
    private int turns = 3;

    @Option(
            names = "--filled",
            description = {
                "Agents and tasks come by commands of the log instead, and no process is behind them:",
                "for so many that they do not fit on the machine."
            })
    private boolean filled;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchReads(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        for (int count : List.of(agents, together, tasks, writers, seconds, everySeconds, turns)) {
            if (count < 1 || count > COUNT_MAX) {
                throw new Failure(ExitCode.USAGE, "every number must be 1 to " + COUNT_MAX + ", or 0 for --readers");
            }
        }
        if (readers < 0 || readers > COUNT_MAX) {
            throw new Failure(ExitCode.USAGE, "--readers must be 0 to " + COUNT_MAX);
        }
        if (filled) {
            return readFilled();
        }
        int processes = (agents + together - 1) / together;
        int each = agents / processes;
        var settings = ClusterProcess.Settings.of(3, processes)
                .withAgentCommand("bench-agents")
                .withAgentOptions(
                        "--resources=cpus:1000;mem:1000000;disk:1000000;ports:[31000-32000]",
                        "--hostname_lookup=false",
                        "--agents=" + each);
        console.err().println("# TASKS ARE SIMULATED by " + each + " agents in each of " + processes + " processes");
        console.out().println("step\tvalue\tdetail");
        console.out().flush();
        try (var bench = BenchCluster.start(directory, settings, console.err())) {
            measure(bench, each * processes);
        } catch (IOException broken) {
            throw new Failure(ExitCode.FAILED, String.valueOf(broken.getMessage()), broken);
        }
        return ExitCode.OK;
    }

    private int readFilled() throws InterruptedException {
        console.out().println("step\tvalue\tdetail");
        console.out().flush();
        var settings = ClusterProcess.Settings.of(3, 0).withMasterCommand("bench-master");
        try (var bench = BenchCluster.start(directory, settings, console.err())) {
            var drill = new RecoveryDrill(bench.cluster(), row -> console.err().println("# " + row));
            drill.fill(agents, tasks);
            compare(bench.cluster().awaitLeader(STEP_MAX));
        } catch (IOException broken) {
            throw new Failure(ExitCode.FAILED, String.valueOf(broken.getMessage()), broken);
        }
        return ExitCode.OK;
    }

    private void measure(BenchCluster bench, int started) throws InterruptedException, IOException {
        var leader = bench.cluster().awaitLeader(STEP_MAX);
        Waiting.until("all agents", STEP_MAX, () -> {
            bench.requireAgents();
            int active = MasterCalls.activeAgents(leader);
            return active >= started ? "" : active + " are active";
        });
        try (var load = new LaunchLoad(bench.masters(), 1, OUTSTANDING, false)) {
            Waiting.until("offers", STEP_MAX, () -> load.awaitAgents(1));
            load.run(tasks, Deadline.after(STEP_MAX));
            compare(leader);
        }
    }

    private void compare(Member leader) throws InterruptedException, IOException {
        var address = HostPort.parse(leader.address());
        for (var type : List.of("application/json", "application/x-protobuf")) {
            alone(address, type);
        }
        if (readers > 0) {
            var plain = new Latencies();
            var beside = new Latencies();
            var reads = new Latencies();
            new Load(address, writers).run(Duration.ZERO, Duration.ofSeconds(seconds));
            for (int turn = 0; turn < turns; turn++) {
                plain.addAll(new Load(address, writers)
                        .run(Duration.ofSeconds(2), Duration.ofSeconds(seconds))
                        .spans());
                try (var crowd = new StateReaders(address, readers, Duration.ofSeconds(everySeconds), reads)) {
                    crowd.awaitAll(STEP_MAX);
                    beside.addAll(new Load(address, writers)
                            .run(Duration.ofSeconds(2), Duration.ofSeconds(seconds))
                            .spans());
                }
            }
            writes("writes alone", plain);
            writes("writes beside readers", beside);
            line("ratio of p99", beside.millisAt(0.99) / plain.millisAt(0.99), "times, beside the readers");
            line("reads", reads.count(), "by " + readers + " clients, each every " + everySeconds + " s");
            line("read p50", reads.millisAt(0.5), "ms");
            line("read p99", reads.millisAt(0.99), "ms");
            line("shared", MasterCalls.metric(leader, "master/http_cache_hits"), "reads told what others made");
            line("made", MasterCalls.metric(leader, "master/replies_made"), "replies, the rest of all reads");
        }
    }

    private void alone(HostPort leader, String type) throws IOException {
        var spans = new Latencies();
        long bytes = 0;
        for (int read = 0; read < ALONE; read++) {
            long began = System.nanoTime();
            bytes = StateReaders.read(leader, type);
            long took = System.nanoTime() - began;
            if (read == 0) {
                line("first " + type, took / 1e6, "ms");
            }
            spans.add(took);
        }
        line("p50 " + type, spans.millisAt(0.5), "ms, " + bytes + " bytes, one after the other");
        line("max " + type, spans.millisAt(1), "ms");
    }

    private void writes(String step, Latencies spans) {
        line(step + " p50", spans.millisAt(0.5), "ms, " + spans.count() + " writes by " + writers + " clients");
        line(step + " p99", spans.millisAt(0.99), "ms");
    }

    private void line(String step, double value, String detail) {
        console.out().println(String.format(Locale.ROOT, "%s\t%.2f\t%s", step, value, detail));
        console.out().flush();
    }
}
