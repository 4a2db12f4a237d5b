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
            "Plays days of churn against one member in this process, with made-up time: agents come and go, frameworks",
            "end, tasks end. Memory and disk are measured several times a day; after a third as warm-up the",
            "least-squares slope must be below 2 %% of the mean in a day, else the exit code is 1. Tab-separated",
            "values on stdout."
        },
        footer = {"", "Example: meso bench retention --days 7 --svg retention.svg"})
public final class BenchRetention implements Callable<Integer> {
    private static final int HOURS_PER_SAMPLE = 2;
    private static final double GROWTH_MAX = 0.02;

    private final Console console;

    @Option(names = "--days", paramLabel = "N", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private int days = 7;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the samples.")
    private String svg = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the member keeps its data; emptied at the end (default: a temporary one).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchRetention(Console console) {
        this.console = console;
    }

    /** @param completed tasks and frameworks that are remembered */
    private record Sample(double days, long heapBytes, long diskBytes, long agents, long completed) {}

    @Override
    public Integer call() {
        if (days < 1 || days > 60) {
            throw new Failure(ExitCode.USAGE, "--days is " + days + "; give 1 to 60");
        }
        try {
            Path home = directory.isEmpty()
                    ? Files.createTempDirectory("mesolith-retention")
                    : Files.createDirectories(Path.of(directory));
            try {
                return report(measure(home.resolve("member")));
            } finally {
                DurableFiles.deleteTree(home);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Sample> measure(Path home) throws IOException {
        console.err()
                .println("# mesolith " + Version.text() + ", Java " + System.getProperty("java.runtime.version", "")
                        + ", " + days + " days of churn");
        var samples = new ArrayList<Sample>();
        console.out().println("day\theap_bytes\tdisk_bytes\tagents_known\tcompleted_known");
        var ports = new FreePorts(new SplittableRandom());
        try (var load = new RetentionLoad(home, ports.next(), ports.next())) {
            for (int hour = 1; hour <= days * 24; hour++) {
                load.hour();
                if (hour % HOURS_PER_SAMPLE == 0) {
                    var sample = sample(hour / 24.0, home, load);
                    samples.add(sample);
                    console.out()
                            .println(String.format(
                                    Locale.ROOT,
                                    "%.3f\t%d\t%d\t%d\t%d",
                                    sample.days,
                                    sample.heapBytes,
                                    sample.diskBytes,
                                    sample.agents,
                                    sample.completed));
                    console.out().flush();
                }
            }
        }
        return samples;
    }

    private static Sample sample(double at, Path home, RetentionLoad load) throws IOException {
        var registry = load.registry();
        long completed = 0;
        for (var framework : registry.frameworks()) {
            for (var _ : registry.completedTasks(framework.id())) {
                completed++;
            }
        }
        return new Sample(at, heapBytes(), diskBytes(home), registry.agentCount(), completed);
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

    private int report(List<Sample> samples) throws IOException {
        var heap = Trend.of(samples.stream()
                .map(sample -> new Trend.Point(sample.days, sample.heapBytes))
                .toList());
        var disk = Trend.of(samples.stream()
                .map(sample -> new Trend.Point(sample.days, sample.diskBytes))
                .toList());
        boolean memoryIsFlat = say("memory", heap);
        boolean diskIsFlat = say("disk", disk);
        if (!svg.isEmpty()) {
            Files.write(
                    Path.of(svg),
                    TrendPlot.svg(
                            List.of("live heap", "files"),
                            List.of(
                                    samples.stream()
                                            .map(sample -> new Trend.Point(sample.days, sample.heapBytes / 1e6))
                                            .toList(),
                                    samples.stream()
                                            .map(sample -> new Trend.Point(sample.days, sample.diskBytes / 1e6))
                                            .toList())));
        }
        return memoryIsFlat && diskIsFlat ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean say(String what, Trend trend) {
        boolean flat = trend.shareGrownPerDay() < GROWTH_MAX;
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "# %s: mean %.1f MB, slope %.2f %% of it in a day: %s",
                        what,
                        trend.mean() / 1e6,
                        100 * trend.shareGrownPerDay(),
                        flat ? "flat" : "it grows"));
        return flat;
    }
}
