package org.mesolith.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench commit}. */
@Command(
        description = {
            "Measures durable operator writes (UPDATE_WEIGHTS of roles that nobody uses) on three masters.",
            "Each client has one write under way at a time. As tab-separated values on stdout."
        },
        footer = {"", "Example: meso bench commit --clients 1,16,256 > commit.tsv"})
public final class BenchCommit implements Callable<Integer> {

    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final int CLIENTS_MAX = 1_000;

    /**
     * Writes under way while the JVMs compile what is used: few make many entries, many make large ones. A lone client
     * would take minutes to get them there.
     */
    private static final List<Integer> FIRST_CLIENTS = List.of(16, 256);

    /** Where it is measured. */
    private enum Where {
        log,
        http
    }

    private final Console console;

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,16,256",
            description = "Writes under way at a time, one row each (default: ${DEFAULT-VALUE}).")
    private List<Integer> clients = List.of(1, 16, 256);

    @Option(
            names = "--where",
            split = ",",
            defaultValue = "log,http",
            description = "At the port of the log in the leader's process, through HTTP, or both (default).")
    private List<Where> where = List.of(Where.log, Where.http);

    @Option(
            names = "--seconds",
            defaultValue = "8",
            description = "Measured time of each row (default: ${DEFAULT-VALUE}).")
    private int seconds = 8;

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description = "Seconds before each row (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds = 5;

    @Option(
            names = "--first-warm-up",
            paramLabel = "SECONDS",
            defaultValue = "80",
            description = {
                "Seconds of 16 and of 256 clients before the first row, so that the JVMs have compiled what is",
                "measured (default: ${DEFAULT-VALUE})."
            })
    private int firstSeconds = 80;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchCommit(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (clients.stream().anyMatch(count -> count < 1 || count > CLIENTS_MAX)
                || seconds < 1
                || warmUpSeconds < 0
                || firstSeconds < 0) {
            throw new Failure(ExitCode.USAGE, "--clients must be 1 to " + CLIENTS_MAX + ", --seconds above 0");
        }
        console.out().println("clients\twhere\trate_per_s\tp50_ms\tp99_ms\tmax_ms");
        console.out().flush();
        var settings = ClusterProcess.Settings.of(3, 0).withMasterCommand("bench-master");
        try (var bench = BenchCluster.start(directory, settings, console.err())) {
            Member leader = bench.cluster().awaitLeader(START_MAX);
            console.err()
                    .println("# " + firstSeconds + " s of 16 and 256 clients before the first row; " + warmUpSeconds
                            + " s warm-up and " + seconds + " s measured for each row");
            if (firstSeconds > 0) {
                first(leader);
            }
            for (int count : clients) {
                if (where.contains(Where.log)) {
                    logRow(count, leader);
                }
                if (where.contains(Where.http)) {
                    httpRow(count, new Load(HostPort.parse(leader.address()), count));
                }
            }
        }
        return ExitCode.OK;
    }

    private void first(Member leader) throws InterruptedException {
        long spans = (long) FIRST_CLIENTS.size() * where.size();
        var span = Duration.ofSeconds(Math.max(1, firstSeconds / spans));
        for (int count : FIRST_CLIENTS) {
            if (where.contains(Where.log)) {
                askLog(leader, count + " 0 " + span.toSeconds());
            }
            if (where.contains(Where.http)) {
                try {
                    new Load(HostPort.parse(leader.address()), count).run(Duration.ZERO, span);
                } catch (IOException broken) {
                    throw new Failure(ExitCode.FAILED, String.valueOf(broken.getMessage()), broken);
                }
            }
        }
    }

    private void httpRow(int count, Load load) throws InterruptedException {
        try {
            Load.Result result = load.run(Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds));
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%d\thttp\t%.0f\t%.3f\t%.3f\t%.3f",
                            count,
                            result.perSecond(),
                            result.spans().millisAt(0.5),
                            result.spans().millisAt(0.99),
                            result.spans().millisAt(1)));
            console.out().flush();
            if (result.refused() > 0) {
                console.err().println("# " + result.refused() + " writes were refused and do not count");
            }
        } catch (IOException broken) {
            throw new Failure(ExitCode.FAILED, String.valueOf(broken.getMessage()), broken);
        }
    }

    /** The leader's process measures itself: at the port of its log there is no network to measure from outside. */
    private void logRow(int count, Member leader) {
        String answer = askLog(leader, count + " " + warmUpSeconds + " " + seconds);
        console.out().println(count + "\tlog\t" + answer.replace(' ', '\t'));
        console.out().flush();
    }

    private String askLog(Member leader, String line) {
        return LogDoor.ask(leader, "commits " + line, Duration.ofSeconds(warmUpSeconds + seconds + firstSeconds + 60L));
    }
}
