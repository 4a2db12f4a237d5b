package org.mesolith.cli.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench handover}. */
@Command(
        description = {
            "Hands the lead over again and again while one client writes, and measures how long it waited.",
            "The client knows one master and goes where it is sent. The longest time between two accepted",
            "writes, how long the order took, and how many calls failed. In milliseconds, as tab-separated",
            "values on stdout."
        },
        footer = {"", "Example: meso bench handover --rounds 20 > handover.tsv"})
public final class BenchHandover implements Callable<Integer> {
    private static final int UNCOUNTED_ROUNDS = 3;

    private final Console console;

    @Option(names = "--rounds", defaultValue = "20", description = "Counted rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 20;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchHandover(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > 1_000) {
            throw new Failure(ExitCode.USAGE, "--rounds must be 1 to 1000");
        }
        var gaps = new Latencies();
        var orders = new Latencies();
        Map<String, Integer> failures = new TreeMap<>();
        try (var bench = BenchCluster.start(directory, ClusterProcess.Settings.of(3, 1), console.err())) {
            console.err().println("# " + UNCOUNTED_ROUNDS + " rounds before the first counted one");
            console.out().println("round\tgap_ms\torder_ms\tfailed_calls");
            console.out().flush();
            var handover = new Handover(bench);
            for (int round = 1 - UNCOUNTED_ROUNDS; round <= rounds; round++) {
                var measured = handover.round();
                if (round < 1) {
                    continue;
                }
                gaps.add(measured.gapNanos());
                orders.add(measured.handoverNanos());
                measured.failures().forEach(why -> failures.merge(why, 1, Integer::sum));
                console.out()
                        .println(String.format(
                                Locale.ROOT,
                                "%d\t%.0f\t%.0f\t%d",
                                round,
                                measured.gapNanos() / 1e6,
                                measured.handoverNanos() / 1e6,
                                measured.failures().size()));
                console.out().flush();
            }
        }
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "# longest wait of the client: median %.0f ms, max %.0f ms; order: median %.0f ms; "
                                + "failed calls: %d",
                        gaps.millisAt(0.5),
                        gaps.millisAt(1),
                        orders.millisAt(0.5),
                        failures.values().stream().mapToInt(count -> count).sum()));
        failures.forEach((why, count) -> console.err().println("# " + count + " times " + why));
        return ExitCode.OK;
    }
}
