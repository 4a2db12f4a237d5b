package org.mesolith.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench cli}. */
@Command(
        description = {
            "Runs reads of an operator as processes of their own against a cluster on this machine, and measures from",
            "start to end what a person waits. In milliseconds, as tab-separated values on stdout. The start-up cache",
            "is made before, as it is after the first command of an installation."
        },
        footer = {"", "Example: meso bench cli --rounds 20 > cli.tsv"})
public final class BenchCli implements Callable<Integer> {
    private static final int UNCOUNTED_ROUNDS = 3;
    private static final long COMMAND_SECONDS_MAX = 60;

    private static final List<String> READS = List.of(
            "version",
            "agent ls",
            "task ls",
            "framework ls --json",
            "role ls",
            "quota get",
            "drain status",
            "maintenance status",
            "cluster status",
            "top --once");

    private final Console console;

    @Option(names = "--rounds", defaultValue = "20", description = "Counted runs of each (default: ${DEFAULT-VALUE}).")
    private int rounds = 20;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchCli(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1 || rounds > 1_000) {
            throw new Failure(ExitCode.USAGE, "--rounds must be 1 to 1000");
        }
        var all = new Latencies();
        try (var bench = BenchCluster.start(directory, ClusterProcess.Settings.of(3, 1), console.err())) {
            console.out().println("command\tmedian_ms\tp95_ms\tmax_ms");
            for (String read : READS) {
                var times = new Latencies();
                for (int round = 0; round < UNCOUNTED_ROUNDS + rounds; round++) {
                    long nanos = run(read, bench.cluster().masterAddresses());
                    if (round >= UNCOUNTED_ROUNDS) {
                        times.add(nanos);
                    }
                }
                all.addAll(times);
                console.out()
                        .println(String.format(
                                Locale.ROOT,
                                "meso %s\t%.0f\t%.0f\t%.0f",
                                read,
                                times.millisAt(0.5),
                                times.millisAt(0.95),
                                times.millisAt(1)));
                console.out().flush();
            }
        }
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "# %d runs: median %.0f ms, p95 %.0f ms",
                        all.count(),
                        all.millisAt(0.5),
                        all.millisAt(0.95)));
        return ExitCode.OK;
    }

    private static long run(String read, String masters) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(Installation.current().command(read.split(" ")));
        builder.environment().put("MESO_MASTERS", masters);
        builder.redirectErrorStream(true);
        long begun = System.nanoTime();
        var process = builder.start();
        byte[] said = process.getInputStream().readAllBytes();
        if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new Failure(
                    ExitCode.FAILED,
                    "`meso " + read + "` failed: " + new String(said, java.nio.charset.StandardCharsets.UTF_8));
        }
        return System.nanoTime() - begun;
    }
}
