package org.mesolith.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mesolith.base.DurableFiles;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.FreePorts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench retention}. */
@Command(
        description = {
            "Plays days of churn against one member in this process, with made-up time: agents come and go,",
            "frameworks end, tasks end, an operator calls. Live heap, memory of the database, files, rows of the",
            "registry, agents, events and audit rows are measured several times a day; after a third as warm-up",
            "the least-squares slope of each must be below 2 %% of the mean in a day, and the database's cache",
            "within its bound, else the exit code is 1. Tab-separated values on stdout."
        },
        footer = {"", "Example: meso bench retention --days 7 --svg retention.svg"})
public final class BenchRetention implements Callable<Integer> {
    private static final int HOURS_PER_SAMPLE = 2;

    private final Console console;

    @Option(names = "--days", paramLabel = "N", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private int days = 7;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the samples.")
    private String svg = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Below it the member keeps its data, removed at the end (default: temporary files).")
    private String directory = "";

    @Option(names = "--leak", description = "Forgets no agent, as if that were broken: to see that growth is found.")
    private boolean leak;

    /** The command in these surroundings. */
    public BenchRetention(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (days < 1 || days > 60) {
            throw new Failure(ExitCode.USAGE, "--days is " + days + "; give 1 to 60");
        }
        try {
            Path home = directory.isEmpty()
                    ? Files.createTempDirectory("mesolith-retention")
                    : Files.createTempDirectory(Files.createDirectories(Path.of(directory)), "mesolith-retention");
            try {
                return ended(measure(home.resolve("member")));
            } finally {
                DurableFiles.deleteTree(home);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<RetentionSample> measure(Path home) throws IOException {
        console.err()
                .println("# mesolith " + Version.text() + ", Java " + System.getProperty("java.runtime.version", "")
                        + ", " + days + " days of churn");
        var samples = new ArrayList<RetentionSample>();
        console.out().println("day\t" + RetentionSample.columns());
        var ports = new FreePorts(new SplittableRandom());
        try (var load = new RetentionLoad(home, ports.next(), ports.next(), leak)) {
            for (int hour = 1; hour <= days * 24; hour++) {
                load.hour();
                if (hour % HOURS_PER_SAMPLE == 0) {
                    var sample = sample(hour / 24.0, home, load);
                    samples.add(sample);
                    console.out()
                            .println(String.format(Locale.ROOT, "%.3f", sample.days())
                                    + sample.figures().stream()
                                            .map(value -> "\t" + value)
                                            .collect(Collectors.joining()));
                    console.out().flush();
                }
            }
        }
        return samples;
    }

    private static RetentionSample sample(double at, Path home, RetentionLoad load) throws IOException {
        return new RetentionSample(
                at,
                List.of(
                        heapBytes(),
                        load.nativeBytes(),
                        load.cacheBytes(),
                        diskBytes(home),
                        load.rows(),
                        load.agentsKept(),
                        load.eventsKept(),
                        load.auditsKept()));
    }

    /** What lives, without garbage. */
    private static long heapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** A file with several names counts once: snapshots share files with the database. */
    private static long diskBytes(Path home) throws IOException {
        Set<Object> seen = new HashSet<>();
        long[] bytes = new long[1];
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.fileKey() == null || seen.add(attributes.fileKey())) {
                    bytes[0] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE; // The database has removed it meanwhile.
            }
        });
        return bytes[0];
    }

    private int ended(List<RetentionSample> samples) throws IOException {
        boolean flat = RetentionSample.judge(samples, console.err());
        if (!svg.isEmpty()) {
            Files.write(Path.of(svg), RetentionSample.svg(samples));
        }
        return flat ? ExitCode.OK : ExitCode.FAILED;
    }
}
