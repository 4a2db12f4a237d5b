package org.mesolith.cli.bench;

import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench recovery}. */
@Command(
        description = {
            "Measures on masters with a large registry what an operator waits for: a backup and how long commits",
            "wait for it, its check, the return of a killed master, the join of a new one, a restore to new",
            "masters; and how many linearizable reads each master serves. As tab-separated values on stdout."
        },
        footer = {"", "Example: meso bench recovery --agents 10000 --tasks 20 > recovery.tsv"})
public final class BenchRecovery implements Callable<Integer> {
    private static final int COUNT_MAX = 100_000;

    private final Console console;

    @Option(names = "--agents", defaultValue = "10000", description = "Agents (default: ${DEFAULT-VALUE}).")
    private int agents = 10_000;

    @Option(names = "--tasks", defaultValue = "20", description = "Tasks on each agent (default: ${DEFAULT-VALUE}).")
    private int tasks = 20;

    @Option(
            names = "--reads",
            paramLabel = "N",
            defaultValue = "256",
            description = "Reads under way at a time (default: ${DEFAULT-VALUE}).")
    private int reads = 256;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            description =
                    "Measured time of the reads of a master, after as long a warm-up (default: ${DEFAULT-VALUE}).")
    private int seconds = 8;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchRecovery(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (agents < 1 || agents > COUNT_MAX || tasks < 0 || tasks > COUNT_MAX || reads < 1 || seconds < 1) {
            throw new Failure(ExitCode.USAGE, "--agents must be 1 to " + COUNT_MAX + ", --reads and --seconds above 0");
        }
        var settings = ClusterProcess.Settings.of(3, 0).withMasterCommand("bench-master");
        try (var bench = BenchCluster.start(directory, settings, console.err())) {
            console.err()
                    .println("# the registry is made up, no agent is connected; a command's own start is in its time");
            console.out().println("step\tseconds\tdetail");
            console.out().flush();
            var drill = new RecoveryDrill(bench.cluster(), this::line);
            drill.fill(agents, tasks);
            drill.reads(reads, seconds);
            drill.backup();
            drill.restart();
            drill.join();
            drill.restore();
        }
        return ExitCode.OK;
    }

    private void line(String row) {
        console.out().println(row);
        console.out().flush();
    }
}
