package org.mesolith.cli.bench;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench failover}. */
@Command(
        description = {
            "Kills the leader again and again and measures how long it takes until the cluster serves.",
            "From SIGKILL of the leader's process to the first accepted write of an outside HTTP client, to",
            "the first offer at a subscribed framework, and until every agent is back. In milliseconds, as",
            "tab-separated values on stdout."
        },
        footer = {"", "Example: meso bench failover --rounds 20 > failover.tsv"})
public final class BenchFailover implements Callable<Integer> {

    private static final int UNCOUNTED_ROUNDS = 2;

    private final Console console;

    @Option(names = "--rounds", defaultValue = "20", description = "Counted rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 20;

    @Option(names = "--agents", defaultValue = "2", description = "Agents (default: ${DEFAULT-VALUE}).")
    private int agents = 2;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchFailover(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > 1_000 || agents < 1 || agents > 50) {
            throw new Failure(ExitCode.USAGE, "--rounds must be 1 to 1000 and --agents 1 to 50");
        }
        var writes = new Latencies();
        var offers = new Latencies();
        var back = new Latencies();
        try (var bench = BenchCluster.start(directory, ClusterProcess.Settings.of(3, agents), console.err())) {
            console.err()
                    .println("# " + UNCOUNTED_ROUNDS + " rounds before the first counted one; a round begins when the"
                            + " masters take less than a quarter of a core");
            console.out().println("round\tfirst_write_ms\tfirst_offer_ms\tagents_back_ms\telected_by");
            console.out().flush();
            try (var failover = new Failover(bench, agents)) {
                for (int round = 1 - UNCOUNTED_ROUNDS; round <= rounds; round++) {
                    Failover.Round measured = failover.round();
                    if (round < 1) {
                        continue;
                    }
                    console.err()
                            .println("# round " + round + " began at " + measured.killedAt()
                                    + (measured.calm() ? "" : ", although the masters were busy"));
                    writes.add(measured.writeNanos());
                    offers.add(measured.offerNanos());
                    back.add(measured.agentsNanos());
                    console.out()
                            .println(String.format(
                                    Locale.ROOT,
                                    "%d\t%.0f\t%.0f\t%.0f\t%s",
                                    round,
                                    measured.writeNanos() / 1e6,
                                    measured.offerNanos() / 1e6,
                                    measured.agentsNanos() / 1e6,
                                    measured.electedBy()));
                    console.out().flush();
                }
            }
        }
        summary("first write", writes);
        summary("first offer", offers);
        summary("agents back", back);
        return ExitCode.OK;
    }

    private void summary(String what, Latencies spans) {
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "# %s: median %.0f ms, max %.0f ms",
                        what,
                        spans.millisAt(0.5),
                        spans.millisAt(1)));
    }
}
