package org.mesolith.cli.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mesolith.allocator.Allocation;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench allocate}. */
@Command(
        description = {
            "Measures rounds of the allocator on a made-up cluster: agents of four shapes, each half used, ten",
            "refusals a framework. A full run is over all agents, with everything that is free to be given;",
            "one_agent, all_return: a leader that keeps such a cluster, from the return of an agent, or of all",
            "at once, to their offers; crowded: one agent with 10,000 reservations. In milliseconds,",
            "as tab-separated values on stdout; the same sizes give the same hash of the result."
        },
        footer = {"", "Example: meso bench allocate --agents 10000 --frameworks 200 --roles 50 --quota"})
public final class BenchAllocate implements Callable<Integer> {
    private static final int AGENTS_MAX = 200_000;
    private static final int FRAMEWORKS_MAX = 20_000;
    private static final String HEADER = "agents\tframeworks\troles\tquota\treserved\tfull_run_p50_ms\tfull_run_p95_ms"
            + "\tfull_run_max_ms\tgarbage_bytes_per_run\tone_agent_p50_ms\tone_agent_max_ms\tcrowded_agent_p50_ms"
            + "\tcrowded_agent_max_ms\tall_return_p50_ms\tall_return_max_ms\tallocations\thash";

    private final Console console;

    @Option(names = "--agents", paramLabel = "N", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int agents = 10_000;

    @Option(names = "--frameworks", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int frameworks = 200;

    @Option(
            names = "--roles",
            paramLabel = "N",
            defaultValue = "50",
            description = "Every fifth is below another one (default: ${DEFAULT-VALUE}).")
    private int roles = 50;

    @Option(names = "--quota", description = "50 roles have guarantees and limits.")
    private boolean quota;

    @Option(names = "--reserved", description = "A third of the agents have something reserved for a role.")
    private boolean reserved;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "40",
            description = "Measured runs of each kind " + "(default: ${DEFAULT-VALUE}).")
    private int runs = 40;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Before each kind of run (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds = 5;

    /** The command in these surroundings. */
    public BenchAllocate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        check("--agents", agents, 1, AGENTS_MAX);
        check("--frameworks", frameworks, 1, FRAMEWORKS_MAX);
        check("--roles", roles, 1, FRAMEWORKS_MAX);
        check("--runs", runs, 1, 100_000);
        check("--warm-up", warmUpSeconds, 0, 600);
        console.err()
                .println("# mesolith " + Version.text() + ", Java " + System.getProperty("java.runtime.version", "")
                        + ", " + Runtime.getRuntime().availableProcessors() + " cores, heap of at most "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        var load = new AllocationLoad(new AllocationLoad.Size(agents, frameworks, roles, quota, reserved));
        var full = measureRuns(load::all, runs);
        console.err().println("# full runs done: " + full.made().size() + " grants each");
        var crowdedInput = load.crowded();
        var crowded = measureRuns(() -> crowdedInput, runs).spans();
        var leader = new LeaderLoad(load);
        console.err().println("# a leader with the same cluster made " + leader.fullRound() + " events of offers");
        var next = new int[1];
        var one = measure(() -> leader.oneAgent(next[0]++ * 7919), Math.max(runs, 500));
        var all = measure(leader::allAgents, Math.min(runs, 20));
        console.out().println(HEADER);
        console.out().println(row(full, List.of(one, crowded, all)));
        return ExitCode.OK;
    }

    private String row(Measured full, List<Latencies> others) {
        var row = new StringBuilder(String.format(
                Locale.ROOT,
                "%d\t%d\t%d\t%b\t%b\t%.2f\t%.2f\t%.2f\t%d",
                agents,
                frameworks,
                roles,
                quota,
                reserved,
                full.spans().millisAt(0.5),
                full.spans().millisAt(0.95),
                full.spans().millisAt(1),
                full.garbageBytes()));
        for (var spans : others) {
            row.append(String.format(Locale.ROOT, "\t%.3f\t%.3f", spans.millisAt(0.5), spans.millisAt(1)));
        }
        row.append(String.format(Locale.ROOT, "\t%d\t%016x", full.made().size(), hash(full.made())));
        return row.toString();
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new Failure(ExitCode.USAGE, name + " is " + value + "; it must be " + min + " to " + max);
        }
    }

    /** @param made by the last run */
    private record Measured(Latencies spans, long garbageBytes, List<Allocation> made) {}

    private Measured measureRuns(Supplier<AllocationInput> inputs, int count) {
        long end = System.nanoTime() + Duration.ofSeconds(warmUpSeconds).toNanos();
        while (System.nanoTime() < end) {
            Allocator.allocate(inputs.get());
        }
        var spans = new Latencies();
        long garbage = 0;
        List<Allocation> made = List.of();
        for (int run = 0; run < count; run++) {
            var input = inputs.get();
            long bytes = allocatedBytes();
            long start = System.nanoTime();
            made = Allocator.allocate(input);
            spans.add(System.nanoTime() - start);
            garbage += allocatedBytes() - bytes;
        }
        return new Measured(spans, garbage / count, made);
    }

    /** @param run does it once and says how long it took */
    private Latencies measure(LongSupplier run, int count) {
        long end = System.nanoTime() + Duration.ofSeconds(warmUpSeconds).toNanos();
        var warmUp = new Latencies();
        while (System.nanoTime() < end) {
            warmUp.add(run.getAsLong());
        }
        var spans = new Latencies();
        for (int i = 0; i < count; i++) {
            spans.add(run.getAsLong());
        }
        return spans;
    }

    /** By this thread so far; 0 where the JVM does not count. */
    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
                ? counting.getCurrentThreadAllocatedBytes()
                : 0;
    }

    /** Of the grants in their order (FNV-1a, 64 bits): equal on every machine. */
    private static long hash(List<Allocation> made) {
        long hash = 0xcbf29ce484222325L;
        for (var grant : made) {
            var line = grant.framework() + " " + grant.role() + " " + grant.agent() + " " + grant.resources() + "\n";
            for (byte some : line.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (some & 0xff)) * 0x100000001b3L;
            }
        }
        return hash;
    }
}
